"""Two people who talk, and how far each has read."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.ids import new_public_id


class Conversation(models.Model):
    """One a pair, ever: `low` has the smaller id. Whether it takes new words is not stored: it is asked of the match,
    the friendship and the blocks of that moment (`chat.policy`).

    The row is the lock of everything that is said in it. `last_seq` is the number of the newest message; `revision`
    grows with every change of what the two see, so that a page knows whether to ask for more.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    low = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    high = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField(_("opened"))
    last_seq = models.PositiveBigIntegerField(default=0)
    last_message_at = models.DateTimeField(_("last message"), null=True, blank=True)
    revision = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="chat_conversation_pair_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="chat_conversation_low_first"),
        ]
        indexes = [models.Index(fields=["high"], name="chat_conversation_of_high")]

    def __str__(self) -> str:
        return self.public_id


class Member(models.Model):
    """One of the two. The pointer says up to which message they have read, on whichever device, and only moves on."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="chats")
    read_seq = models.PositiveBigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "user"], name="chat_member_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.conversation_id}"


class ChatSettings(models.Model):
    """What somebody chose; without a row the defaults hold."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="chat_settings"
    )
    # Off: the person neither shows what they have read nor sees it of others (CHT-8).
    shows_receipts = models.BooleanField(_("read receipts"), default=True)

    class Meta:
        verbose_name = _("chat settings")
        verbose_name_plural = _("chat settings")

    def __str__(self) -> str:
        return f"Chat settings of {self.user_id}"
