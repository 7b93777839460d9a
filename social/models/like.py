from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from social.models.reaction import AboutSubject


class Like(AboutSubject):
    """One a person and thing; the database refuses a second (REC-13)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="likes")
    liked_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("like")
        verbose_name_plural = _("likes")
        constraints = [
            models.UniqueConstraint(fields=["user", "subject_type", "subject_id"], name="social_like_once"),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id", "-id"], name="social_like_newest")]

    def __str__(self) -> str:
        return f"{self.user_id} ♥ {self.subject_type} {self.subject_id}"
