"""What moderators may read of a conversation: the reported message and what stood around it, as it was then."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Evidence(models.Model):
    """Copied when the message was first reported, so that taking it back hides nothing from who decides (CHT-9).

    `lines` is a list of {seq, sender_id, sender, text, sent_at, is_reported}, in order.
    """

    message = models.OneToOneField("chat.Message", on_delete=models.CASCADE, related_name="evidence")
    lines = models.JSONField()
    kept_at = models.DateTimeField(_("reported"))

    class Meta:
        verbose_name = _("reported message")
        verbose_name_plural = _("reported messages")
        indexes = [models.Index(fields=["kept_at"], name="chat_evidence_oldest")]

    def __str__(self) -> str:
        return f"Evidence of {self.message_id}"
