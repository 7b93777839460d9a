"""Things that run out: portions, delivery slots, uses of a code; later seats and super-likes.

One primitive for all of them: lock the row, look again, write, in one transaction, with a database constraint behind
it. Asking first and writing later is the bug this module exists to prevent: between the two, somebody else buys.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Greatest

from fitfoodie.common.errors import ConflictError


class ScarceModel(models.Model):
    """A row of which `capacity` may be taken; None is without limit. `taken` is moved by `take` and `give_back` alone.

    A subclass that can never hold more than it has adds `within_capacity("app_model_within")` to its constraints.
    """

    capacity = models.PositiveIntegerField(null=True, blank=True)
    taken = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def left(self) -> int | None:
        """None is without limit; never negative, though a lowered capacity may be over-booked."""
        return None if self.capacity is None else max(self.capacity - self.taken, 0)


def within_capacity(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(capacity=None) | Q(taken__lte=F("capacity")), name=name)


class SoldOutError(ConflictError):
    """Not enough is left. `row` is the locked row that ran out, `wanted` what was asked of it."""

    code = "sold_out"

    def __init__(self, message: str, *, row: Any, wanted: int) -> None:
        super().__init__(message)
        self.row = row
        self.wanted = wanted


@dataclass(frozen=True)
class Claim:
    """So many of one saved row. `also` are other columns of it, written in the same statement as what is taken."""

    row: Any
    quantity: int = 1
    also: Mapping[str, Any] = field(default_factory=dict)


# Looks at the locked, freshly read row before anything is written; raises to refuse.
Validate = Callable[[Any], None]


def take(claims: Iterable[Claim], *, validate: Validate | None = None, locked: Iterable[Any] = ()) -> list[Any]:
    """Take all of the claims or none; returns the rows as they are now, in the order of the claims.

    Must run inside `transaction.atomic`, whose end is the end of the locks. Rows are locked in the order of their table
    and primary key, so that two callers who want the same rows in another order cannot block each other for ever.
    Claims on one row add up. Raises SoldOutError, whatever `validate` raises, and DoesNotExist for a row that is gone.
    `locked` are rows that the caller has read under their locks in this transaction, in that order: not read again.
    """
    asked = list(claims)
    held = {_key(row): row for row in locked}
    found = held | _locked([claim for claim in asked if _key(claim.row) not in held])
    for key, wanted in _wanted(asked).items():
        row = found[key]
        if validate:
            validate(row)
        if row.left is not None and row.left < wanted:
            raise SoldOutError(f"Only {row.left} left.", row=row, wanted=wanted)
    _move(asked, sign=1)
    return _after(asked, found, sign=1)


def give_back(claims: Iterable[Claim]) -> list[Any]:
    """The other way, under the same locks. Never below zero: giving back twice is the caller's to prevent."""
    asked = list(claims)
    locked = _locked(asked)
    _move(asked, sign=-1)
    return _after(asked, locked, sign=-1)


def lock(rows: Sequence[Any]) -> list[Any]:
    """Only the first step: the rows locked in the common order and read again, for a decision of one's own."""
    asked = [Claim(row, 0) for row in rows]
    locked = _locked(asked)
    return [locked[_key(claim.row)] for claim in asked]


def _key(row: Any) -> tuple[str, Any]:
    return row._meta.label_lower, row.pk


def _wanted(claims: Sequence[Claim]) -> dict[tuple[str, Any], int]:
    wanted: dict[tuple[str, Any], int] = defaultdict(int)
    for claim in claims:
        wanted[_key(claim.row)] += claim.quantity
    return dict(sorted(wanted.items()))


def _locked(claims: Sequence[Claim]) -> dict[tuple[str, Any], Any]:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Scarce rows are taken inside the transaction of what they are taken for.")
    found: dict[tuple[str, Any], Any] = {}
    for name, model, ids in _by_model(claims):
        rows: QuerySet[Any] = QuerySet(model).select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
        found |= {(name, row.pk): row for row in rows}
        missing = [pk for pk in ids if (name, pk) not in found]
        if missing:
            raise model.DoesNotExist(f"{name} {missing}")
    return found


def _by_model(claims: Sequence[Claim]) -> list[tuple[str, Any, list[Any]]]:
    models_by_name = {claim.row._meta.label_lower: type(claim.row) for claim in claims}
    return [
        (name, model, sorted({claim.row.pk for claim in claims if type(claim.row) is model}))
        for name, model in sorted(models_by_name.items())
    ]


def _move(claims: Sequence[Claim], *, sign: int) -> None:
    wanted = _wanted(claims)
    for name, model, ids in _by_model(claims):
        cases = [When(pk=pk, then=Value(wanted[name, pk])) for pk in ids]
        moved = F("taken") + sign * Case(*cases, output_field=models.IntegerField())
        taken = moved if sign > 0 else Greatest(moved, Value(0))
        QuerySet(model).filter(pk__in=ids).update(taken=taken, **_beside(model, claims))


def _beside(model: Any, claims: Sequence[Claim]) -> dict[str, Case]:
    """What else the claims write, column by column; rows that do not name a column keep what they have in it."""
    cases: dict[str, list[When]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim.row, model):
            for name, value in claim.also.items():
                cases[name].append(When(pk=claim.row.pk, then=Value(value, output_field=model._meta.get_field(name))))
    return {name: Case(*whens, default=F(name)) for name, whens in cases.items()}


def _after(claims: Sequence[Claim], locked: dict[tuple[str, Any], Any], *, sign: int) -> list[Any]:
    for key, quantity in _wanted(claims).items():
        locked[key].taken = max(locked[key].taken + sign * quantity, 0)
    for claim in claims:
        for name, value in claim.also.items():
            setattr(locked[_key(claim.row)], name, value)
    return [locked[_key(claim.row)] for claim in claims]
