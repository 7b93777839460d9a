"""What the components of a score are worth, decided by staff: added, never changed, so that each can be looked up."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.events.services import record
from matching.events import WeightsChanged
from matching.models import WeightSet
from matching.recommender.base import COMPONENTS, Weights

PERMISSION = "matching.add_weightset"


@transaction.atomic
def set_weights(*, actor: User, weights: Weights, reason: str, now: datetime) -> WeightSet:
    """From the next deck on. Raises NotAllowedError, and DomainError without a reason."""
    if not actor.has_perm(PERMISSION):
        raise NotAllowedError(_("You may not change the weights."))
    if not reason.strip():
        raise DomainError(_("Say why, for whoever asks later."), code="reason_missing", field="reason")
    points = {name: getattr(weights, name) for name in COMPONENTS}
    made = WeightSet.objects.create(**points, reason=reason.strip(), made_by=actor, made_at=now)
    record(WeightsChanged(weights_id=made.pk), actor=actor, subject=made)
    return made


def weights_from(points: dict[str, int]) -> Weights:
    """Raises DomainError for points that do not make 100, with how many they make."""
    try:
        return Weights(**points)
    except ValueError as error:
        made = sum(points.values())
        message = _("The points make %(made)d; they have to make 100.") % {"made": made}
        raise DomainError(message, code="weights_sum") from error
