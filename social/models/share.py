"""Handing a thing on: counted once a person; and addresses that open what is not for everyone, for a while."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from social.enums import ShareChannel
from social.models.reaction import AboutSubject


def new_share_token() -> str:
    """192 random bits: nobody finds one by trying (ORD-16)."""
    return secrets.token_urlsafe(24)


class Share(AboutSubject):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="shares")
    channel = models.CharField(_("how"), max_length=10, choices=ShareChannel.choices)
    shared_at = models.DateTimeField(_("shared"))

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        constraints = [
            models.UniqueConstraint(fields=["user", "subject_type", "subject_id"], name="social_share_once"),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id", "-id"], name="social_share_newest")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.subject_type} {self.subject_id}"


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    def live(self, now: datetime) -> "ShareLinkQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=now)


class ShareLink(AboutSubject):
    """Whoever has the address may read the thing until then. The token is the key: its maker alone sees it."""

    token = models.CharField(max_length=40, unique=True, default=new_share_token, editable=False)
    creator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="share_links", verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("opens until"))
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="social_sharelink_expires_later"),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id", "-id"], name="social_sharelink_newest")]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}"
