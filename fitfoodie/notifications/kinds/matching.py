"""Training partners: a match, and a like that says so."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from fitfoodie.events.models import Event
from fitfoodie.notifications.kinds.base import Kind, Message, Recipient
from fitfoodie.notifications.kinds.people import of_actor
from fitfoodie.notifications.models import Notification
from matching.enums import Verb


def _both(event: Event) -> Iterator[Recipient]:
    low, high = int(event.data["low_id"]), int(event.data["high_id"])
    yield Recipient(low, actor_id=high)
    yield Recipient(high, actor_id=low)


def _super_liked(event: Event) -> Iterator[Recipient]:
    """A plain like is told to nobody (MAT-8)."""
    if event.data["verb"] == Verb.SUPER_LIKE:
        yield Recipient(int(event.data["target_id"]), actor_id=int(event.data["actor_id"]))


def _a_match(person: User, note: Notification) -> Message:
    return Message(
        text=_("It’s a match: you and %(name)s like each other.") % {"name": person.name},
        address=reverse("matching:matches"),
        detail=_("Find a time and a class together."),
    )


def _a_super_like(person: User, note: Notification) -> Message:
    return Message(
        text=_("%(name)s would very much like to train with you.") % {"name": person.name},
        address=reverse("matching:likes"),
    )


KINDS = (
    Kind(
        name="matching.matched",
        event="matching.match.made",
        label=gettext_lazy("A match"),
        why=gettext_lazy("you liked each other as training partners"),
        icon="people",
        audience=_both,
        tell=of_actor(_a_match),
    ),
    Kind(
        name="matching.super_liked",
        event="matching.action.made",
        label=gettext_lazy("Super likes"),
        why=gettext_lazy("somebody sent you a super like"),
        icon="heart",
        audience=_super_liked,
        tell=of_actor(_a_super_like),
    ),
)
