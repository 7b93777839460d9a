"""What people say about a thing, two levels deep: a comment, and the replies to it in the order they came."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.ids import new_public_id
from social.models.reaction import AboutSubject
from social.validators import MAX_COMMENT


class CommentQuerySet(models.QuerySet["Comment"]):
    def shown(self) -> "CommentQuerySet":
        """Those that count: neither taken back nor hidden, whoever looks."""
        return self.filter(deleted_at=None, hidden_at=None)


class Comment(AboutSubject):
    """Plain text. What is gone keeps its row while others have answered it, as a placeholder without words."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    # Nobody once the author is erased: the thread below stays readable.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="comments",
        verbose_name=_("author"),
    )
    # Always a comment of the first level: an answer to an answer stands beside it.
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies", verbose_name=_("in reply to")
    )
    text = models.TextField(_("text"), max_length=MAX_COMMENT, blank=True)
    is_pinned = models.BooleanField(_("pinned"), default=False)
    created_at = models.DateTimeField(_("written"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    hidden_because = models.CharField(_("hidden because"), max_length=500, blank=True)
    reply_count = models.PositiveIntegerField(default=0, editable=False)
    like_count = models.PositiveIntegerField(default=0, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"], condition=Q(is_pinned=True), name="social_comment_one_pinned"
            ),
            models.CheckConstraint(
                condition=Q(is_pinned=False) | Q(parent=None, deleted_at=None, hidden_at=None),
                name="social_comment_pinned_shown",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="social_comment_not_under_itself"
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None) | Q(text=""), name="social_comment_deleted_without_words"
            ),
        ]
        indexes = [
            models.Index(
                fields=["subject_type", "subject_id", "-is_pinned", "-id"],
                condition=Q(parent=None),
                name="social_comment_newest",
            ),
            models.Index(fields=["parent", "id"], name="social_comment_replies"),
            models.Index(fields=["author", "-created_at"], name="social_comment_author"),
        ]

    def __str__(self) -> str:
        return self.text[:60] or self.public_id

    @property
    def is_shown(self) -> bool:
        return self.deleted_at is None and self.hidden_at is None


class Mention(models.Model):
    """Who is spoken of. `handle` is as written, so that the words lead to the person whatever they are called now."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions")
    handle = models.CharField(max_length=30)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="social_mention_once")]

    def __str__(self) -> str:
        return f"@{self.handle}"
