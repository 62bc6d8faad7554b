from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Split(models.TextChoices):
    """How customers are divided among several receivers; what belongs to a customer goes where the customer goes."""

    EVENLY = "evenly", _("evenly")
    PROVINCE = "province", _("by the table of areas")
    FIRST = "first", _("all to the first; I change single ones afterwards")


class Handover(models.Model):
    """The portfolio of one person on its way to others."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("briefings are being written")
        DRAFT = "draft", _("being prepared")
        ASKED = "asked", _("waits for the manager")
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("under way")
        DONE = "done", _("handed over")
        CANCELLED = "cancelled", _("called off")

    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("who gives")
    )
    receivers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("who receives"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    day = models.DateField(pgettext_lazy("date", "on"), default=timezone.localdate)
    split = models.CharField(_("divided"), max_length=10, choices=Split, default=Split.EVENLY)
    #: Until then the giver is named as the one to ask, and keeps this page before their eyes.
    shared_until = models.DateField(_("both answer until"), null=True, blank=True)
    note = models.TextField(_("word to the receivers"), blank=True)
    #: {"company": "any=province.is:BS|province.is:MI"}: what goes, by record type, in the filter language of the lists.
    scope = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    #: What takes it back as a whole.
    batch = models.ForeignKey("journal.Batch", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["day"], name="handover_due", condition=Q(state="planned"))]

    def __str__(self) -> str:
        return f"{self.giver} · {self.day:%d.%m.%Y}"

    def clean(self) -> None:
        super().clean()
        if self.shared_until and self.day and self.shared_until < self.day:
            raise ValidationError({"shared_until": _("The shared period does not end before the handover.")})

    @property
    def is_open(self) -> bool:
        """May still be changed or called off."""
        return self.state in (self.State.DRAFT, self.State.ASKED, self.State.PLANNED)


class Item(models.Model):
    """One record that goes along. A customer has a briefing, written when the handover was prepared, and is confirmed."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="items")
    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=160, blank=True)
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    #: The customer it goes along with.
    leader = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="followers")
    is_customer = models.BooleanField(default=False)
    is_moved = models.BooleanField(default=False)
    #: [["Open opportunities", ["Press P200 – Quote, 12,500 €", …]], …]
    briefing = models.JSONField(default=list)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handover", "record_type", "record_id"], name="handover_item_once")
        ]
        indexes = [
            models.Index(fields=["handover", "is_customer", "title", "id"], name="handover_customers"),
            models.Index(
                fields=["receiver"], name="handover_to_take",
                condition=Q(is_customer=True, is_moved=True, taken_at__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title
