"""With whom somebody may look for a class."""

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from matching.models import Match
from social.models import Connection
from social.policy import there_for


def companion(viewer: User, handle: str) -> User | None:
    """A match or a friend of the viewer, who is there for them; nobody else's evenings are anybody's business."""
    pair = Q(low=viewer.pk, high=OuterRef("pk")) | Q(high=viewer.pk, low=OuterRef("pk"))
    matched = Exists(Match.objects.filter(pair, ended_at=None))
    friends = Exists(Connection.objects.accepted().filter(pair))
    people = User.objects.filter(there_for(viewer), handle=handle.lower()).exclude(pk=viewer.pk)
    return people.filter(matched | friends).select_related("preferences").first()
