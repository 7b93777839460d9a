from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.ids import new_public_id


class Notification(models.Model):
    """One fact told to one person, once (NTF-1). Words and address are made when it is shown, from the kind and the
    event: what the person may no longer see is said in no words at all (NTF-6)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=60)
    # Whom it is from, as far as it is from somebody: a block takes it away (NTF-3).
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(_("when"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    # The mail about it was handed over: set before it is sent, so that a repeated task sends no second (NTF-1).
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [models.UniqueConstraint(fields=["event", "user", "kind"], name="notifications_once")]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notifications_of_person"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notifications_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.user_id}"
