from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fedele.base.verbs import Refused


class ConsentText(models.Model):
    """The words somebody agreed to. A text in use is never edited: a change is its next version."""

    key = models.SlugField(_("code"), max_length=40)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), max_length=20_000)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    used_at = models.DateTimeField(_("used since"), null=True, editable=False)

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["key", "language", "-version"]
        constraints = [models.UniqueConstraint(fields=["key", "language", "version"], name="consent_text_once")]

    def __str__(self) -> str:
        return gettext("%(title)s, version %(version)s (%(language)s)") % {
            "title": self.title,
            "version": self.version,
            "language": self.language,
        }

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and type(self).objects.filter(pk=self.pk).exclude(used_at=None).exists():
            raise Refused(gettext("Somebody agreed to this text already: write its next version instead."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        if self.used_at:
            raise Refused(gettext("Somebody agreed to this text already: it stays."))
        return super().delete(*args, **kwargs)

    def use(self) -> None:
        """From the first consent on it is fixed."""
        if self.used_at is None:
            self.used_at = timezone.now()
            type(self).objects.filter(pk=self.pk, used_at=None).update(used_at=self.used_at)

    @classmethod
    def write_next(cls, key: str, language: str, title: str, body: str) -> ConsentText:
        with transaction.atomic():
            last = cls.objects.filter(key=key, language=language).aggregate(last=models.Max("version"))["last"]
            return cls.objects.create(key=key, language=language, version=(last or 0) + 1, title=title, body=body)

    @classmethod
    def current(cls, language: str, key: str = "") -> ConsentText | None:
        """The newest version in this language, or in any."""
        found = cls.objects.filter(key=key) if key else cls.objects.all()
        newest = found.order_by("-version", "id")
        return newest.filter(language=language).first() or newest.first()
