"""Which facts exist, what they carry, and who listens. Filled at start-up, read-only afterwards."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, dataclass_transform

from django.utils.functional import Promise

T = TypeVar("T")


@dataclasses.dataclass(frozen=True)
class EventType:
    name: str
    label: str | Promise
    payload: type[Any]
    # Keys to blank when the person the fact is about is erased.
    personal: Sequence[str] = ()
    # Whether outside receivers may ever be told.
    is_public: bool = False


@dataclasses.dataclass(frozen=True)
class Subscription:
    pattern: str
    consumer: str
    enqueue: Callable[[int], None]

    def matches(self, name: str) -> bool:
        return name == self.pattern or (self.pattern.endswith(".*") and name.startswith(self.pattern[:-1]))


class DuplicateRegistrationError(ValueError):
    """Two declarations of one name: one of them would silently win."""


_types: dict[str, EventType] = {}
_names_by_payload: dict[type[Any], str] = {}
_subscriptions: list[Subscription] = []


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(
    name: str, *, label: str | Promise, personal: Sequence[str] = (), is_public: bool = False
) -> Callable[[type[T]], type[T]]:
    """Class decorator: freezes the class into a payload dataclass and declares its event type.

    A payload holds ids and scalars; fields may be added with a default, never renamed or removed. Names are
    `<app>.<noun>.<past participle>`. Raises DuplicateRegistrationError on a second declaration.
    """

    def declare(cls: type[T]) -> type[T]:
        payload = dataclasses.dataclass(frozen=True, kw_only=True)(cls)
        register(EventType(name=name, label=label, payload=payload, personal=tuple(personal), is_public=is_public))
        return payload

    return declare


def register(event_type: EventType) -> None:
    if event_type.name in _types:
        raise DuplicateRegistrationError(f"The event {event_type.name} is declared twice.")
    _types[event_type.name] = event_type
    _names_by_payload[event_type.payload] = event_type.name


def subscribe(pattern: str, *, consumer: str, enqueue: Callable[[int], None]) -> None:
    """`enqueue(event_id)` must only enqueue the consumer's own task: it runs inside dispatch.

    `pattern` is a name or a prefix ending in `.*`. Raises DuplicateRegistrationError when the consumer already
    listens to the pattern.
    """
    if any(s.pattern == pattern and s.consumer == consumer for s in _subscriptions):
        raise DuplicateRegistrationError(f"{consumer} already listens to {pattern}.")
    _subscriptions.append(Subscription(pattern=pattern, consumer=consumer, enqueue=enqueue))


def type_named(name: str) -> EventType:
    return _types[name]


def type_of(payload: Any) -> EventType:
    return _types[_names_by_payload[type(payload)]]


def all_types() -> list[EventType]:
    return sorted(_types.values(), key=lambda event_type: event_type.name)


def subscriptions_for(name: str) -> list[Subscription]:
    return [subscription for subscription in _subscriptions if subscription.matches(name)]
