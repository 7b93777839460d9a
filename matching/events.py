"""What happens between people who look for each other. Never public: who liked whom is nobody else's business."""

from django.utils.translation import gettext_lazy as _

from fitfoodie.events.registry import event


@event("matching.profile.saved", label=_("Fitness profile saved"))
class ProfileSaved:
    user_id: int
    is_ready: bool


@event("matching.profile.deleted", label=_("Fitness profile deleted"))
class ProfileDeleted:
    user_id: int


@event("matching.action.made", label=_("Liked or passed"))
class ActionMade:
    action_id: int
    actor_id: int
    target_id: int
    verb: str


@event("matching.action.undone", label=_("Like or pass taken back"))
class ActionUndone:
    action_id: int
    actor_id: int
    target_id: int
    verb: str


@event("matching.match.made", label=_("A match"))
class MatchMade:
    match_id: int
    low_id: int
    high_id: int


@event("matching.match.ended", label=_("A match ended"))
class MatchEnded:
    match_id: int
    low_id: int
    high_id: int
    ended_by_id: int | None
    cause: str


@event("matching.weights.changed", label=_("Weights of the deck changed"))
class WeightsChanged:
    weights_id: int


@event("matching.learning.reset", label=_("Forgot what somebody liked"))
class LearningReset:
    user_id: int
