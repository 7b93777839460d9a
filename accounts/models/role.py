from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role


class RoleChange(models.Model):
    """One grant or removal, kept for good: who, whom, what, why."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_changes")
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    is_grant = models.BooleanField(_("granted"))
    reason = models.CharField(_("reason"), max_length=500)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(_("when"))
    # When the person was told by mail; the mail task sends once because it sets this first.
    told_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("role change")
        verbose_name_plural = _("role changes")
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="accounts_rolechange_has_reason")]
        indexes = [models.Index(fields=["user", "-changed_at"], name="accounts_rolechange_user")]

    def __str__(self) -> str:
        return f"{'+' if self.is_grant else '-'}{self.role} for {self.user_id}"
