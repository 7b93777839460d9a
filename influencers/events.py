"""Facts about creators: ids and scalars only. Names are for good; payloads are only ever extended."""

from django.utils.translation import gettext_lazy as _

from fitfoodie.events.registry import event

# --- Pages and collections


@event("influencers.page.updated", label=_("Creator page changed"), is_public=True)
class PageUpdated:
    """Which fields, never what they say."""

    user_id: int
    fields: list[str]


@event("influencers.cover.removed", label=_("Cover photo removed"), personal=("reason",))
class CoverRemoved:
    """`reason` is staff's; empty where the creator removed it."""

    user_id: int
    reason: str


@event("influencers.collection.created", label=_("Collection made"), is_public=True)
class CollectionCreated:
    collection_id: int
    creator_id: int
    slug: str
    is_open: bool


@event("influencers.collection.updated", label=_("Collection changed"), is_public=True)
class CollectionUpdated:
    collection_id: int
    creator_id: int
    slug: str
    is_open: bool
    fields: list[str]


@event("influencers.collection.deleted", label=_("Collection deleted"))
class CollectionDeleted:
    collection_id: int
    creator_id: int
    slug: str


# --- Verification


@event("influencers.verification.applied", label=_("Asked for the badge"))
class VerificationApplied:
    application_id: int
    user_id: int
    has_website: bool


@event("influencers.verification.withdrawn", label=_("Took the request for the badge back"))
class VerificationWithdrawn:
    application_id: int
    user_id: int


@event("influencers.verification.claimed", label=_("Verification taken up"))
class VerificationClaimed:
    application_id: int
    user_id: int


@event("influencers.verification.approved", label=_("Verified"), personal=("reason",))
class VerificationApproved:
    application_id: int
    user_id: int
    decision_id: int
    reason: str


@event("influencers.verification.declined", label=_("Verification declined"), personal=("reason",))
class VerificationDeclined:
    application_id: int
    user_id: int
    decision_id: int
    reason: str


@event("influencers.verification.revoked", label=_("Badge taken away"), personal=("reason",))
class VerificationRevoked:
    application_id: int
    user_id: int
    decision_id: int
    reason: str


@event("influencers.verification.questioned", label=_("Badge in review after a change of name or handle"))
class VerificationQuestioned:
    application_id: int
    user_id: int


@event("influencers.verification.appealed", label=_("Appealed against a decision on the badge"))
class VerificationAppealed:
    application_id: int
    user_id: int
    decision_id: int
    appeal_id: int


@event("influencers.appeal.decided", label=_("Appeal decided"), personal=("answer",))
class AppealDecided:
    application_id: int
    user_id: int
    decision_id: int
    appeal_id: int
    is_overturned: bool
    answer: str


@event("influencers.post.created", label=_("Post drafted"))
class PostCreated:
    post_id: int
    author_id: int
    public_id: str


@event("influencers.post.edited", label=_("Post edited"))
class PostEdited:
    post_id: int
    author_id: int
    public_id: str
    version: int
    # Names of the fields that changed, separated by commas.
    changed: str
    status: str


@event("influencers.post.published", label=_("Post published"), is_public=True)
class PostPublished:
    post_id: int
    author_id: int
    public_id: str
    audience: str
    is_first_time: bool
    was_scheduled: bool


@event("influencers.post.scheduled", label=_("Post scheduled"))
class PostScheduled:
    post_id: int
    author_id: int
    public_id: str
    # ISO 8601, UTC.
    scheduled_for: str


@event("influencers.post.schedule_lapsed", label=_("Scheduled post could not be published"))
class PostScheduleLapsed:
    post_id: int
    author_id: int
    public_id: str
    reason: str


@event("influencers.post.unpublished", label=_("Post taken back to draft"))
class PostUnpublished:
    post_id: int
    author_id: int
    public_id: str
    was_scheduled: bool


@event("influencers.post.archived", label=_("Post archived"))
class PostArchived:
    post_id: int
    author_id: int
    public_id: str
    was_published: bool


@event("influencers.post.restored", label=_("Post restored as a draft"))
class PostRestored:
    post_id: int
    author_id: int
    public_id: str
    reason: str = ""


@event("influencers.post.taken_down", label=_("Post taken down by staff"))
class PostTakenDown:
    post_id: int
    author_id: int
    public_id: str
    reason: str


@event("influencers.post.deleted", label=_("Draft of a post deleted"))
class PostDeleted:
    post_id: int
    author_id: int
    public_id: str


@event("influencers.photo.added", label=_("Photo added to a post"))
class PostPhotoAdded:
    post_id: int
    photo_id: int


@event("influencers.photo.removed", label=_("Photo removed from a post"))
class PostPhotoRemoved:
    post_id: int
    photo_id: int
    reason: str = ""
