"""What people are told. One entry a kind, one registry: who is told, why, how loudly, and in which words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from fitfoodie.events.models import Event
    from fitfoodie.notifications.models import Notification


@dataclass(frozen=True)
class Recipient:
    """Who is told, and from whom it comes, if from somebody: a block of either keeps it away (NTF-3)."""

    user_id: int
    actor_id: int | None = None


@dataclass(frozen=True)
class Message:
    """What one notification says. `address` is a path of this site."""

    text: str
    address: str
    detail: str = ""


# Notifications of one kind and the person they are for; those left out of the answer cannot be shown any more and are
# told in neutral words (NTF-6). A fixed number of queries, in the active language and time zone.
Tell = Callable[[Sequence["Notification"], Any], Mapping[int, Message]]


@dataclass(frozen=True)
class Kind:
    """`name` is stable: it stands in rows, in the API and in what people switch off.

    event         the fact it comes from; several kinds may come from one
    why           completes "You get this because…"
    audience      who is told of this one; nobody when the fact is none of this kind
    is_mailed     a mail goes out as well
    is_mandatory  the mail cannot be switched off: money, security, a class that was cancelled (NTF-2)
    """

    name: str
    event: str
    label: "StrPromise"
    why: "StrPromise"
    icon: str
    audience: Callable[["Event"], Iterable[Recipient]]
    tell: Tell
    is_mailed: bool = False
    is_mandatory: bool = False


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Raises ValueError for a name that is there: one of the two would silently win."""
    for kind in kinds:
        if kind.name in _kinds:
            raise ValueError(f"The notification {kind.name} is registered twice.")
        _kinds[kind.name] = kind


def kind_named(name: str) -> Kind | None:
    """None for a kind of another time: its rows are told in neutral words."""
    return _kinds.get(name)


def kinds_of(event: str) -> list[Kind]:
    return [kind for kind in _kinds.values() if kind.event == event]


def all_kinds() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: kind.name)
