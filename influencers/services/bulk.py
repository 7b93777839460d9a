"""One change to many things of the studio: each by its own service, each with its own answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import DomainError
from influencers.studio_items import ACTIONS, StudioKind, kind_named
from influencers.validators import MAX_BULK

# Actions that need a value beside their name.
NEEDS_VALUE = frozenset({"schedule", "audience", "comments", "tag"})


@dataclass(frozen=True)
class Target:
    kind: str
    key: str

    @classmethod
    def read(cls, text: str) -> "Target":
        kind, _colon, key = text.partition(":")
        return cls(kind, key)


@dataclass(frozen=True)
class Change:
    """What one request asks for."""

    user: User
    action: str
    value: Any
    now: datetime


@dataclass(frozen=True)
class Outcome:
    """What became of one target; `code` and `detail` say why not."""

    target: Target
    title: str
    code: str = ""
    detail: str = ""

    @property
    def is_done(self) -> bool:
        return not self.code


def change_many(
    *, user: User, action: str, targets: Sequence[Target], now: datetime, value: Any = None
) -> list[Outcome]:
    """Carry `action` out on each target in a transaction of its own: what fails stays as it was and holds nothing up.

    Targets that are not the user's own answer `not_found`, as what does not exist (SEC-9). Raises DomainError when
    nothing could be carried out at all: unknown action, missing value, no targets, too many.
    """
    _check(action, targets, value)
    chosen = list(dict.fromkeys(targets))
    rows = {name: _own_rows(name, user, chosen) for name in {target.kind for target in chosen}}
    change = Change(user, action, value, now)
    return [_one(target, rows[target.kind].get(target.key), change) for target in chosen]


def _check(action: str, targets: Sequence[Target], value: Any) -> None:
    if action not in ACTIONS:
        raise DomainError(_("Choose what to do."), code="unknown", field="action")
    if not targets:
        raise DomainError(_("Choose at least one."), code="required", field="items")
    if len(targets) > MAX_BULK:
        raise DomainError(_("At most %d at once.") % MAX_BULK, code="too_many", field="items")
    if action in NEEDS_VALUE and value in (None, ""):
        field = "scheduled_for" if action == "schedule" else "value"
        raise DomainError(_("Say to what."), code="required", field=field)


def _own_rows(name: str, user: User, targets: Iterable[Target]) -> dict[str, Any]:
    """The user's own rows of one kind by key: one query."""
    kind = kind_named(name)
    if kind is None:
        return {}
    keys = [target.key for target in targets if target.kind == name]
    return {getattr(row, kind.key): row for row in kind.rows(user).filter(**{f"{kind.key}__in": keys})}


def _one(target: Target, row: Any, change: Change) -> Outcome:
    kind = kind_named(target.kind)
    if kind is None or row is None:
        return Outcome(target, "", "not_found", _("There is no such thing of yours."))
    title = kind.item(row).title
    if change.action not in kind.actions:
        return Outcome(target, title, "not_offered", _("This cannot be done with it."))
    code, detail = _carried(kind, row.pk, change)
    return Outcome(target, title, code, detail)


def _carried(kind: StudioKind, pk: int, change: Change) -> tuple[str, str]:
    """Code and words of what stood in the way; empty when it is done."""
    try:
        with transaction.atomic():
            kind.actions[change.action](pk, change.user, change.now, change.value)
    except DomainError as error:
        return error.code, error.message
    except ValidationError as error:
        return "invalid", " ".join(error.messages)
    except ObjectDoesNotExist:
        return "not_found", _("It is gone meanwhile.")
    return "", ""
