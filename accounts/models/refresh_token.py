import uuid

from django.conf import settings
from django.db import models


class RefreshToken(models.Model):
    """One refresh token of an app. Its family is the session it keeps alive: every token of one sign-in shares it.

    The token itself is not stored: it is signed again from these columns when a twin request needs the same child
    (SEC-3). `sid` is the encrypted session key as it stands in the token.
    """

    jti = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="refresh_tokens")
    session_key = models.CharField(max_length=40, db_index=True)
    sid = models.CharField(max_length=120)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)
    child = models.OneToOneField("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="parent")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(used_at__gte=models.F("issued_at")),
                name="accounts_refreshtoken_used_after_issue",
            ),
        ]

    def __str__(self) -> str:
        return f"Refresh token of {self.user_id}"
