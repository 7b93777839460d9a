"""Words for tests of the graph."""

from datetime import UTC, datetime

from accounts.models import Profile
from fitfoodie.events.models import Event
from social.models import SocialStats

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def make_private(person):
    Profile.objects.filter(user=person).update(is_private=True)
    person.profile.refresh_from_db()
    return person


def totals(person):
    """Followers, following, friends."""
    row = SocialStats.objects.filter(pk=person.pk).first()
    return (row.follower_count, row.following_count, row.friend_count) if row else (0, 0, 0)


def facts():
    """Every fact of the community so far: name and payload."""
    return list(Event.objects.filter(name__startswith="social.").order_by("pk").values_list("name", "data"))
