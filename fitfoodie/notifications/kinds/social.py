"""The graph: who asks, who said yes."""

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from fitfoodie.events.models import Event
from fitfoodie.notifications.kinds.base import Kind, Message, Recipient
from fitfoodie.notifications.kinds.people import of_actor
from fitfoodie.notifications.models import Notification


def _from(teller: str, told: str) -> Callable[[Event], Iterator[Recipient]]:
    def audience(event: Event) -> Iterator[Recipient]:
        yield Recipient(int(event.data[told]), actor_id=int(event.data[teller]))

    return audience


def _follow_accepted(event: Event) -> Iterator[Recipient]:
    """With an open profile nobody said yes: then it is news for the one who is followed."""
    follower, followee = int(event.data["follower_id"]), int(event.data["followee_id"])
    yield Recipient(follower, followee) if event.data["was_requested"] else Recipient(followee, follower)


def _asks_to_follow(person: User, note: Notification) -> Message:
    return Message(_("%(name)s asks to follow you.") % {"name": person.name}, reverse("social:people"))


def _follows(person: User, note: Notification) -> Message:
    said_yes = note.event.data["was_requested"]
    text = _("%(name)s lets you follow them.") if said_yes else _("%(name)s follows you.")
    return Message(text % {"name": person.name}, person.get_absolute_url())


def _asks_friendship(person: User, note: Notification) -> Message:
    return Message(_("%(name)s would like to be friends.") % {"name": person.name}, reverse("social:people"))


def _are_friends(person: User, note: Notification) -> Message:
    return Message(_("You and %(name)s are friends now.") % {"name": person.name}, person.get_absolute_url())


KINDS = (
    Kind(
        name="social.follow_requested",
        event="social.follow.requested",
        label=gettext_lazy("Requests to follow you"),
        why=gettext_lazy("your profile is private and somebody asks to follow you"),
        icon="people",
        audience=_from("follower_id", "followee_id"),
        tell=of_actor(_asks_to_follow),
    ),
    Kind(
        name="social.followed",
        event="social.follow.accepted",
        label=gettext_lazy("New followers, and whom you may follow"),
        why=gettext_lazy("somebody follows you, or said yes to you"),
        icon="people",
        audience=_follow_accepted,
        tell=of_actor(_follows),
    ),
    Kind(
        name="social.friend_requested",
        event="social.connection.requested",
        label=gettext_lazy("Friend requests"),
        why=gettext_lazy("somebody would like to be friends"),
        icon="people",
        audience=_from("asker_id", "asked_id"),
        tell=of_actor(_asks_friendship),
    ),
    Kind(
        name="social.friends",
        event="social.connection.accepted",
        label=gettext_lazy("New friends"),
        why=gettext_lazy("somebody said yes to your friend request"),
        icon="people",
        audience=_from("asked_id", "asker_id"),
        tell=of_actor(_are_friends),
    ),
)
