"""Who came to stand how to whom. What one person does to be rid of another is never told outside."""

from django.utils.translation import gettext_lazy as _

from fitfoodie.events.registry import event


@event("social.follow.requested", label=_("Asked to follow"))
class FollowRequested:
    follower_id: int
    followee_id: int


@event("social.follow.accepted", label=_("Follows"), is_public=True)
class FollowAccepted:
    follower_id: int
    followee_id: int
    # Whether the followee said yes; else the profile was open.
    was_requested: bool


@event("social.follow.declined", label=_("Follow request declined"))
class FollowDeclined:
    follower_id: int
    followee_id: int


@event("social.follow.removed", label=_("No longer follows"))
class FollowRemoved:
    follower_id: int
    followee_id: int
    # False: a request was withdrawn.
    was_accepted: bool
    # unfollowed, removed_by_followee, blocked
    cause: str


@event("social.connection.requested", label=_("Friendship asked for"))
class ConnectionRequested:
    asker_id: int
    asked_id: int


@event("social.connection.accepted", label=_("Became friends"))
class ConnectionAccepted:
    asker_id: int
    asked_id: int


@event("social.connection.cancelled", label=_("Friend request withdrawn"))
class ConnectionCancelled:
    asker_id: int
    asked_id: int
    # withdrawn, blocked
    cause: str


@event("social.connection.declined", label=_("Friend request declined"))
class ConnectionDeclined:
    asker_id: int
    asked_id: int


@event("social.connection.removed", label=_("Friendship ended"), personal=("reason",))
class ConnectionRemoved:
    low_id: int
    high_id: int
    # ended, blocked, by_staff
    cause: str
    reason: str = ""


@event("social.block.added", label=_("Person blocked"))
class BlockAdded:
    blocker_id: int
    blocked_id: int


@event("social.block.removed", label=_("Block lifted"), personal=("reason",))
class BlockRemoved:
    blocker_id: int
    blocked_id: int
    by_staff: bool = False
    reason: str = ""


@event("social.profile.closed", label=_("Made the profile private"))
class ProfileClosed:
    user_id: int


@event("social.profile.opened", label=_("Made the profile public"))
class ProfileOpened:
    user_id: int
    requests_accepted: int
