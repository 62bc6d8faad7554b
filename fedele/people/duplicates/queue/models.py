from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: A record of any type: ("lead", 12).
Ref = tuple[str, int]


class ProposalGroup(models.Model):
    """Two or more records that hang together by open proposals. Made and removed by `grouping`, never by hand."""

    #: Likeness of the most alike pair in thousandths; a certain one stands 1000 higher: the order of the queue.
    rank = models.PositiveSmallIntegerField(default=0)
    size = models.PositiveSmallIntegerField(default=2)
    #: The record types in it, in the order of the alphabet: "lead", "contact+lead".
    kinds = models.CharField(max_length=40)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["-rank", "id"], name="duplicates_rank"),
            models.Index(fields=["kinds", "-rank", "id"], name="duplicates_kinds"),
        ]

    def __str__(self) -> str:
        return f"{self.kinds} {self.size}"

    @property
    def is_sure(self) -> bool:
        return self.rank >= CERTAIN

    @property
    def likeness(self) -> float:
        """0 to 1."""
        return (self.rank % CERTAIN) / 1000


#: From this rank on a group holds a certain pair. Likeness 1 counts as 999 thousandths, so that the two never meet.
CERTAIN = 1000


class FoundBy(models.TextChoices):
    ENTRY = "entry", _("typed in")
    IMPORT = "import", _("import")
    CONVERSION = "conversion", _("conversion")
    SCAN = "scan", _("search of the archive")
    MAIL = "mail", _("e-mail")
    API = "api", _("another program")
    MERGE = "merge", _("merging")


class State(models.TextChoices):
    OPEN = "open", _("to decide")
    APART = "not_duplicate", _("not a duplicate")
    MERGED = "merged", _("merged")
    LINKED = "linked", _("linked")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> ProposalQuerySet:
        return self.filter(state=State.OPEN)

    def touching(self, refs: set[Ref]) -> ProposalQuerySet:
        """Those in which one of these records stands on either side."""
        found = Q(pk__in=[])
        for side in ("a", "b"):
            for record_type in {one for one, _key in refs}:
                ids = [key for one, key in refs if one == record_type]
                found |= Q(**{f"type_{side}": record_type, f"id_{side}__in": ids})
        return self.filter(found)


class Proposal(models.Model):
    """That two records are perhaps the same, why, and what somebody decided about it.

    Who told two records apart is not asked again, unless the two, then alike at most, have become certain since.
    """

    type_a = models.CharField(max_length=20)
    id_a = models.BigIntegerField()
    type_b = models.CharField(max_length=20)
    id_b = models.BigIntegerField()
    score = models.FloatField()
    is_sure = models.BooleanField(default=False)
    #: [[code, value, value, share], …] as the engine's Reason takes them: each reader has them in their language.
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=16, choices=State, default=State.OPEN)
    found_by = models.CharField(max_length=12, choices=FoundBy)
    found_at = models.DateTimeField(default=timezone.now)
    #: When the two were last found alike.
    seen_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    group = models.ForeignKey(ProposalGroup, null=True, on_delete=models.SET_NULL, related_name="proposals")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["type_a", "id_a", "type_b", "id_b"], name="duplicates_pair"),
        ]
        indexes = [
            models.Index(fields=["type_b", "id_b"], name="duplicates_second"),
            models.Index(fields=["seen_at"], name="duplicates_seen", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.type_a} {self.id_a} = {self.type_b} {self.id_b}"

    @property
    def refs(self) -> tuple[Ref, Ref]:
        return (self.type_a, self.id_a), (self.type_b, self.id_b)

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def rank(self) -> int:
        return min(999, max(0, round(self.score * 1000))) + CERTAIN * self.is_sure

    def other(self, ref: Ref) -> Ref:
        a, b = self.refs
        return b if ref == a else a


def ordered(one: Ref, two: Ref) -> tuple[Ref, Ref]:
    """A pair has one order, whoever of the two was looked at first."""
    return (one, two) if one <= two else (two, one)


def between(one: Ref, two: Ref) -> dict[str, Any]:
    """The columns that name a pair."""
    (type_a, id_a), (type_b, id_b) = ordered(one, two)
    return {"type_a": type_a, "id_a": id_a, "type_b": type_b, "id_b": id_b}


class PutOff(models.Model):
    """A group somebody does not want to decide now: out of their queue for some days, in everybody else's as before."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    group = models.ForeignKey(ProposalGroup, on_delete=models.CASCADE, related_name="put_off")
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="duplicates_put_off")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.group_id}"


class ArchiveSearch(models.Model):
    """One search of the whole archive: by somebody, or by itself at night."""

    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    #: {"new": 12, "known": 3, "decided": 1, "gone": 2}
    counts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["-finished_at"], name="duplicates_searched")]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d}"
