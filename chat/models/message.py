"""What is said, numbered within its conversation."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chat.enums import Deletion
from chat.validators import MAX_MESSAGE
from fitfoodie.common.ids import new_public_id


class Message(models.Model):
    """`seq` is given by the server under the lock of the conversation: 1, 2, 3, never reused (CHT-2). `client_id` is
    given by whoever sends, so that sending again is the same message (CHT-1). Taken away, the row stays without words.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    conversation = models.ForeignKey("chat.Conversation", on_delete=models.CASCADE, related_name="messages")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="messages_sent")
    seq = models.PositiveBigIntegerField()
    client_id = models.UUIDField()
    text = models.TextField(_("text"), max_length=MAX_MESSAGE, blank=True)
    sent_at = models.DateTimeField(_("sent"))
    edited_at = models.DateTimeField(_("changed"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("taken away"), null=True, blank=True)
    deleted_by = models.CharField(_("taken away by"), max_length=6, choices=Deletion.choices, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="chat_message_seq_once"),
            models.UniqueConstraint(fields=["conversation", "sender", "client_id"], name="chat_message_client_id_once"),
            models.CheckConstraint(condition=Q(seq__gt=0), name="chat_message_seq_from_one"),
            models.CheckConstraint(
                condition=Q(deleted_at=None, deleted_by="")
                | (Q(deleted_at__isnull=False, text="") & ~Q(deleted_by="")),
                name="chat_message_deleted_without_words",
            ),
        ]
        indexes = [models.Index(fields=["sender", "-sent_at"], name="chat_message_of_sender")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None


class MessageVersion(models.Model):
    """What a message said before it was changed. For moderators alone; gone with the message unless it was reported."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="versions")
    text = models.TextField()
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.message_id} until {self.replaced_at:%Y-%m-%d %H:%M}"
