from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import people_policy
from accounts.enums import Role
from accounts.validators import validate_handle, validate_name


class UserQuerySet(models.QuerySet["User"]):
    def reachable(self) -> "UserQuerySet":
        """People who are there for others: neither deactivated nor waiting to be erased."""
        return self.filter(is_active=True, deletion_requested_at=None)

    def there_for(self, viewer: Any) -> "UserQuerySet":
        """Of the reachable ones those whom the viewer may meet: what other apps say about the two counts (blocks)."""
        return self.reachable().filter(people_policy.there_for(viewer))

    def holding(self, role: Role) -> "UserQuerySet":
        """Active holders of a role; a superuser holds every role."""
        return self.filter(Q(is_superuser=True) | Q(groups__name=role.value), is_active=True).distinct()


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def reachable(self) -> UserQuerySet:
        return self.get_queryset().reachable()

    def there_for(self, viewer: Any) -> UserQuerySet:
        return self.get_queryset().there_for(viewer)

    def holding(self, role: Role) -> UserQuerySet:
        return self.get_queryset().holding(role)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person with empty profile and preferences, for scripts and tests; others come in by the sign-up service."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        with transaction.atomic(using=self._db):
            user.save(using=self._db)
            self._create_parts(user)
        return user

    def _create_parts(self, user: "User") -> None:
        for name in ("Profile", "Preferences"):
            apps.get_model("accounts", name)(user=user).save(using=self._db)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    handle = models.CharField(_("handle"), max_length=30, validators=[validate_handle])
    name = models.CharField(_("name"), max_length=80, validators=[validate_name])
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the back office"), default=False)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    # Set by the person; until the grace period is over, signing in takes it back (GDP-2).
    deletion_requested_at = models.DateTimeField(_("asked to be deleted"), null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["handle", "name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_unique"),
            models.UniqueConstraint(Lower("handle"), name="accounts_user_handle_unique"),
        ]
        indexes = [
            models.Index(fields=["-joined_at", "-id"], name="accounts_user_newest"),
            models.Index(
                fields=["deletion_requested_at"],
                condition=Q(deletion_requested_at__isnull=False),
                name="accounts_user_leaving",
            ),
        ]
        permissions = [
            ("manage_roles", _("Can grant and remove roles")),
            ("deactivate_user", _("Can deactivate and reactivate people")),
            ("sign_out_user", _("Can sign people out everywhere")),
        ]

    def __str__(self) -> str:
        return f"{self.name} (@{self.handle})"

    def get_absolute_url(self) -> str:
        return reverse("accounts:profile", kwargs={"handle": self.handle})

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    def has_role(self, role: Role) -> bool:
        return role in self.roles

    @property
    def roles(self) -> frozenset[Role]:
        """Every member is a user; a superuser holds every role. Read once per instance, so afresh on each request."""
        if self.is_superuser:
            return frozenset(Role)
        if not hasattr(self, "_roles"):
            known = Role.values
            self._roles = frozenset({Role.USER, *(Role(g.name) for g in self.groups.all() if g.name in known)})
        return self._roles

    def forget_roles(self) -> None:
        """After a change of roles: drop what this instance remembers of roles and permissions."""
        for cached in ("_roles", "_perm_cache", "_user_perm_cache", "_group_perm_cache", "_prefetched_objects_cache"):
            self.__dict__.pop(cached, None)


class FormerHandle(models.Model):
    """A handle somebody gave up: it leads to them and is not given to anyone else."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="former_handles")
    handle = models.CharField(max_length=30, unique=True)
    given_up_at = models.DateTimeField(_("given up"), default=timezone.now)

    class Meta:
        verbose_name = _("former handle")
        verbose_name_plural = _("former handles")
        indexes = [models.Index(fields=["user", "-given_up_at"], name="accounts_formerhandle_user")]

    def __str__(self) -> str:
        return f"@{self.handle}"
