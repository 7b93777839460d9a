"""Classes: seats that come and go, classes that move, going together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import formats
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classes.enums import ACTIVE
from classes.models import Rsvp, Session
from fitfoodie.events.models import Event
from fitfoodie.notifications.kinds.base import Kind, Message, Recipient
from fitfoodie.notifications.kinds.people import actors_of, ids_in
from fitfoodie.notifications.models import Notification

# What a sentence may fill in: the class and when it is, on the clocks of the studio (CLS-12).
Words = Mapping[str, str]


def _whose(event: Event) -> Iterator[Recipient]:
    yield Recipient(int(event.data["user_id"]))


def _promoted(event: Event) -> Iterator[Recipient]:
    if event.data.get("was_promoted"):
        yield from _whose(event)


def _handed_on(event: Event) -> Iterator[Recipient]:
    yield Recipient(int(event.data["user_id"]), actor_id=int(event.data["from_user_id"]))


def _everyone_named(event: Event) -> Iterator[Recipient]:
    """Without those who parted: of that nobody is told."""
    untold = set(event.data.get("untold_ids", ()))
    yield from (Recipient(int(user_id)) for user_id in event.data["user_ids"] if user_id not in untold)


def _everyone_in(event: Event) -> Iterator[Recipient]:
    rows = Rsvp.objects.across_chains().filter(session_id=event.data["session_id"], status__in=ACTIVE)
    for user_id in rows.exclude(user=None).values_list("user_id", flat=True):
        yield Recipient(int(user_id))


def _asked(event: Event) -> Iterator[Recipient]:
    """The others: whoever proposed knows."""
    proposer = int(event.data["proposer_id"])
    yield from (Recipient(int(each), actor_id=proposer) for each in event.data["user_ids"] if int(each) != proposer)


def _words(session: Session) -> dict[str, str]:
    local = session.starts_at.astimezone(ZoneInfo(session.time_zone))
    return {
        "class": session.title,
        "when": formats.date_format(local, "SHORT_DATETIME_FORMAT"),
        "studio": session.studio.name,
    }


def _about_class(
    text: Any, detail: Callable[[Notification, Session], str] | None = None, *, route: str = "classes:session"
) -> Callable[[Sequence[Notification], Any], dict[int, Message]]:
    """Words about the session of the event; with `%(name)s` in them, also about the person it comes from."""

    def tell(notes: Sequence[Notification], reader: Any) -> dict[int, Message]:
        wanted = ids_in(notes, "session_id")
        found = Session.objects.open_to_all().filter(pk__in=wanted).select_related("studio").in_bulk()
        people = actors_of(notes, reader) if "%(name)s" in str(text) else {}
        said = {}
        for note in notes:
            session = found.get(int(note.event.data["session_id"]))
            person = people.get(note.actor_id) if note.actor_id else None
            if session is None or ("%(name)s" in str(text) and person is None):
                continue
            words = _words(session) | ({"name": person.name} if person else {})
            said[note.pk] = Message(
                str(text) % words, _address(route, session), detail(note, session) if detail else ""
            )
        return said

    return tell


def _address(route: str, session: Session) -> str:
    return session.get_absolute_url() if route == "classes:session" else reverse(route)


def _until(note: Notification, session: Session) -> str:
    """How long the seat stays theirs, as it was when it was offered."""
    until = parse_datetime(note.event.data.get("reserved_until", ""))
    if until is None:
        return ""
    local = until.astimezone(ZoneInfo(session.time_zone))
    return _("It is yours until %(time)s; then it goes to the next in line.") % {
        "time": formats.date_format(local, "SHORT_DATETIME_FORMAT")
    }


def _reason(note: Notification, session: Session) -> str:
    return str(note.event.data.get("reason", ""))


def _kind(name: str, event: str, label: Any, why: Any, *, audience: Any, tell: Any, **more: Any) -> Kind:
    return Kind(
        name=f"classes.{name}",
        event=f"classes.{event}",
        label=label,
        why=why,
        icon=more.pop("icon", "train"),
        audience=audience,
        tell=tell,
        **more,
    )


_YOU_WAITED = gettext_lazy("you were on the waitlist")
_YOU_ARE_IN = gettext_lazy("you have a seat in the class or wait for one")

KINDS = (
    _kind(
        "promoted",
        "rsvp.confirmed",
        gettext_lazy("You got in from the waitlist"),
        _YOU_WAITED,
        audience=_promoted,
        tell=_about_class(gettext_lazy("You are in: %(class)s, %(when)s, %(studio)s.")),
        icon="success",
        is_mailed=True,
    ),
    _kind(
        "offered",
        "rsvp.offered",
        gettext_lazy("A seat is offered to you"),
        _YOU_WAITED,
        audience=_whose,
        tell=_about_class(gettext_lazy("A seat is free for you: %(class)s, %(when)s. Take it?"), _until),
        icon="bell",
        is_mailed=True,
    ),
    _kind(
        "expired",
        "rsvp.expired",
        gettext_lazy("An offer ran out, or the waitlist closed"),
        _YOU_WAITED,
        audience=_whose,
        tell=_about_class(gettext_lazy("No seat this time: %(class)s, %(when)s. You were not charged.")),
        icon="clock",
    ),
    _kind(
        "skipped",
        "rsvp.skipped",
        gettext_lazy("You were passed over in line"),
        _YOU_WAITED,
        audience=_whose,
        tell=_about_class(gettext_lazy("You were passed over in the line for %(class)s, %(when)s.")),
        icon="info",
    ),
    _kind(
        "handed_on",
        "rsvp.handed_on",
        gettext_lazy("A friend hands you a seat"),
        gettext_lazy("a friend gave you their seat"),
        audience=_handed_on,
        tell=_about_class(gettext_lazy("%(name)s hands you their seat: %(class)s, %(when)s.")),
        icon="people",
    ),
    _kind(
        "missed",
        "rsvp.missed",
        gettext_lazy("You were marked as not there"),
        gettext_lazy("you had a seat and nobody checked you in"),
        audience=_whose,
        tell=_about_class(gettext_lazy("We missed you at %(class)s, %(when)s. Not right? Tell the studio.")),
        icon="info",
    ),
    _kind(
        "cancelled",
        "session.cancelled",
        gettext_lazy("A class of yours is cancelled"),
        _YOU_ARE_IN,
        audience=_everyone_named,
        tell=_about_class(gettext_lazy("Cancelled: %(class)s, %(when)s, %(studio)s."), _reason),
        icon="warning",
        is_mailed=True,
        is_mandatory=True,
    ),
    _kind(
        "moved",
        "session.moved",
        gettext_lazy("A class of yours is moved"),
        _YOU_ARE_IN,
        audience=_everyone_in,
        tell=_about_class(
            gettext_lazy("Moved: %(class)s is now on %(when)s, %(studio)s."),
            lambda _note, _session: _("You may leave for free within 24 hours."),
        ),
        icon="calendar",
        is_mailed=True,
        is_mandatory=True,
    ),
    _kind(
        "substituted",
        "session.substituted",
        gettext_lazy("Somebody else teaches"),
        _YOU_ARE_IN,
        audience=_everyone_in,
        tell=_about_class(gettext_lazy("Somebody else teaches %(class)s, %(when)s.")),
        icon="people",
    ),
    _kind(
        "guaranteed",
        "session.guaranteed",
        gettext_lazy("A class of yours takes place for sure"),
        _YOU_ARE_IN,
        audience=_everyone_in,
        tell=_about_class(gettext_lazy("It takes place: %(class)s, %(when)s.")),
        icon="success",
    ),
    _kind(
        "outing_proposed",
        "outing.proposed",
        gettext_lazy("Somebody wants to go together"),
        gettext_lazy("somebody you know proposed a class"),
        audience=_asked,
        tell=_about_class(
            gettext_lazy("%(name)s would like to go with you: %(class)s, %(when)s."), route="classes:mine"
        ),
        icon="people",
        is_mailed=True,
    ),
    _kind(
        "outing_booked",
        "outing.booked",
        gettext_lazy("Booked together"),
        gettext_lazy("all of you said yes"),
        audience=_everyone_named,
        tell=_about_class(gettext_lazy("You go together: %(class)s, %(when)s.")),
        icon="success",
    ),
    _kind(
        "outing_ended",
        "outing.ended",
        gettext_lazy("Going together came to nothing"),
        gettext_lazy("you were asked or had asked"),
        audience=_everyone_named,
        tell=_about_class(gettext_lazy("You do not go together after all: %(class)s, %(when)s. Nobody was booked.")),
        icon="info",
    ),
)
