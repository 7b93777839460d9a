"""What people do with what others made. `subject_type` and `subject_id` name the thing, `owner_id` whose it is."""

from django.utils.translation import gettext_lazy as _

from fitfoodie.events.registry import event


@event("social.like.added", label=_("Liked"), is_public=True)
class LikeAdded:
    subject_type: str
    subject_id: int
    owner_id: int
    user_id: int


@event("social.like.removed", label=_("Like taken back"))
class LikeRemoved:
    subject_type: str
    subject_id: int
    owner_id: int
    user_id: int


@event("social.comment.written", label=_("Comment written"), is_public=True)
class CommentWritten:
    subject_type: str
    subject_id: int
    owner_id: int
    comment_id: int
    author_id: int
    # Of a reply: the comment it stands under, and who wrote that.
    parent_id: int | None = None
    parent_author_id: int | None = None


@event("social.comment.edited", label=_("Comment changed"))
class CommentEdited:
    subject_type: str
    subject_id: int
    owner_id: int
    comment_id: int
    author_id: int


@event("social.comment.deleted", label=_("Comment taken back by its author"))
class CommentDeleted:
    subject_type: str
    subject_id: int
    owner_id: int
    comment_id: int
    author_id: int


@event("social.comment.hidden", label=_("Comment hidden"))
class CommentHidden:
    subject_type: str
    subject_id: int
    owner_id: int
    comment_id: int
    author_id: int | None
    # False: the person under whose thing it stood hid it, and needs no reason.
    is_by_staff: bool = False
    reason: str = ""


@event("social.comment.shown", label=_("Hidden comment shown again"))
class CommentShown:
    subject_type: str
    subject_id: int
    owner_id: int
    comment_id: int
    author_id: int | None
    is_by_staff: bool = False
    reason: str = ""


@event("social.comment.pinned", label=_("Comment pinned"))
class CommentPinned:
    subject_type: str
    subject_id: int
    owner_id: int
    comment_id: int
    author_id: int | None


@event("social.comment.unpinned", label=_("Comment no longer pinned"))
class CommentUnpinned:
    subject_type: str
    subject_id: int
    owner_id: int
    comment_id: int
    author_id: int | None


@event("social.comment.liked", label=_("Comment liked"))
class CommentLiked:
    comment_id: int
    author_id: int | None
    user_id: int


@event("social.comment.unliked", label=_("Like of a comment taken back"))
class CommentUnliked:
    comment_id: int
    author_id: int | None
    user_id: int


@event("social.person.mentioned", label=_("Person mentioned"))
class PersonMentioned:
    subject_type: str
    subject_id: int
    comment_id: int
    author_id: int
    person_id: int


@event("social.comments.limited", label=_("Who may comment changed"))
class CommentsLimited:
    subject_type: str
    subject_id: int
    owner_id: int
    who_may_comment: str


@event("social.share.made", label=_("Shared"), is_public=True)
class ShareMade:
    subject_type: str
    subject_id: int
    owner_id: int
    user_id: int
    channel: str


@event("social.share_link.created", label=_("Share link made"))
class ShareLinkCreated:
    subject_type: str
    subject_id: int
    link_id: int
    creator_id: int
    # ISO 8601, UTC.
    expires_at: str


@event("social.share_link.revoked", label=_("Share link taken back"))
class ShareLinkRevoked:
    subject_type: str
    subject_id: int
    link_id: int
    creator_id: int
    reason: str = ""
