from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from fedele.access.keys import ApiKey  # noqa: F401 (its table belongs to this app)
from fedele.access.reach import Rights
from fedele.access.sights import Sight  # noqa: F401 (and so does this one)


class Team(models.Model):
    """A group of people; teams form a tree, and `path` names all teams above it."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name=_("part of")
    )
    path = models.CharField(max_length=200, default="/", editable=False, db_index=True)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        if path != self.path:
            before, self.path = self.path, path
            Team.objects.filter(pk=self.pk).update(path=path)
            if before != "/":
                for child in Team.objects.filter(parent=self):
                    child.parent = self
                    child.save()

    @property
    def depth(self) -> int:
        return self.path.count("/") - 2


class Role(models.Model):
    """What a job may do: a reach per record type and right, and the fields it does not see."""

    #: Roles the product brings have a key; their name is translated. Those a company makes have none.
    key = models.CharField(max_length=40, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    #: {"opportunity": {"view": "below", "edit": "team", "create": "all", "delete": "own", "export": "none"}}
    rights = models.JSONField(default=dict)
    #: {"opportunity": ["amount"]}
    hidden = models.JSONField(default=dict)
    is_administrator = models.BooleanField(_("administers Fedele"), default=False)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["name"]

    def __str__(self) -> str:
        from fedele.access.roles import declared

        return str(declared[self.key].name) if self.key in declared else self.name


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:
        return self.create_user(email, password, is_superuser=True, is_staff=True, **extra)


class User(AbstractUser):
    """A colleague. Leaving people are made inactive, never deleted: what they did stays theirs."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail"), unique=True)
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="members", verbose_name=_("team")
    )
    roles = models.ManyToManyField(Role, blank=True, related_name="users", verbose_name=_("roles"))
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    job = models.CharField(_("job"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="it")
    theme = models.CharField(
        _("theme"),
        max_length=6,
        default="auto",
        choices=[("auto", _("as the device")), ("light", _("light")), ("dark", _("dark"))],
    )
    density = models.CharField(
        _("density"),
        max_length=12,
        default="compact",
        choices=[("compact", _("compact")), ("comfortable", _("comfortable"))],
    )
    single_keys = models.BooleanField(_("single-letter keys"), default=True)
    rail_collapsed = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()  # type: ignore[assignment,misc]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["first_name", "last_name"]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @property
    def initials(self) -> str:
        letters = (self.first_name[:1] + self.last_name[:1]) or self.email[:2]
        return letters.upper()

    @property
    def is_administrator(self) -> bool:
        return self.is_superuser or self.rights.is_administrator

    @cached_property
    def rights(self) -> Rights:
        """All this user may do; two statements, once a request."""
        return Rights.of(self)
