"""What somebody writes down when they make a code, and what is wrong with it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from fitfoodie.common.errors import DomainError
from fitfoodie.common.money import rounded
from orders.enums import Funder, PromoKind, PromoScope
from orders.pricing.spelling import is_well_written, normalized

MAX_AMOUNT = Decimal(100000)
MAX_PORTIONS = 50
MAX_USES = 1_000_000


@dataclass(frozen=True)
class CodeContent:
    """`limit` is in all, `per_customer` for each of them; None is none. The first four never change."""

    code: str
    kind: str
    currency: str = ""
    creator_id: int | None = None
    funder: str = ""
    label: str = ""
    percent: Decimal | None = None
    amount: Decimal | None = None
    buy_quantity: int | None = None
    get_quantity: int | None = None
    scope: str = PromoScope.ORDER
    meal_ids: frozenset[int] = frozenset()
    tag_ids: frozenset[int] = frozenset()
    min_subtotal: Decimal | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    limit: int | None = None
    per_customer: int | None = 1
    is_first_order_only: bool = False
    is_stackable: bool = True
    budget: Decimal | None = None
    is_public: bool = False


UNCHANGING = frozenset({"code", "kind", "currency", "creator_id"})
CHANGEABLE = frozenset(field.name for field in fields(CodeContent)) - UNCHANGING


class CodeContentError(DomainError):
    """`errors` says for each field what is wrong with it."""

    code = "invalid_code"

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


def cleaned(content: CodeContent) -> CodeContent:
    """Ready to be kept: well written, without what its kind and scope do not use. Raises CodeContentError."""
    tidy = _tidy(content)
    errors: dict[str, str] = {}
    for check in _CHECKS:
        for name, text in check(tidy):
            errors.setdefault(name, text)
    if errors:
        raise CodeContentError(errors)
    return tidy


def _tidy(content: CodeContent) -> CodeContent:
    kind, scope = content.kind, content.scope
    currency = content.currency or settings.DEFAULT_CURRENCY
    return replace(
        content,
        code=normalized(content.code),
        currency=currency,
        label=" ".join(content.label.split()),
        funder=content.funder or (Funder.CREATOR if content.creator_id else Funder.PLATFORM),
        percent=content.percent if kind == PromoKind.PERCENT else None,
        amount=content.amount if kind == PromoKind.FIXED else None,
        buy_quantity=content.buy_quantity if kind == PromoKind.BUY_X_GET_Y else None,
        get_quantity=content.get_quantity if kind == PromoKind.BUY_X_GET_Y else None,
        meal_ids=content.meal_ids if scope == PromoScope.MEALS else frozenset(),
        tag_ids=content.tag_ids if scope == PromoScope.TAGS else frozenset(),
    )


Found = Iterator[tuple[str, str]]


def _check_names(content: CodeContent) -> Found:
    if not is_well_written(content.code):
        yield "code", _("Use 3 to 40 letters, digits, dashes or underscores.")
    if len(content.label) > 120:
        yield "label", _("Keep this to 120 characters.")
    if content.currency not in settings.CURRENCIES:
        yield "currency", _("Choose one of: %(all)s.") % {"all": ", ".join(settings.CURRENCIES)}


def _check_kind(content: CodeContent) -> Found:
    if content.kind not in PromoKind.values:
        yield "kind", _("Choose what the code gives.")
    if content.kind == PromoKind.PERCENT and not _is_between(content.percent, 1, 100):
        yield "percent", _("Give a percentage from 1 to 100.")
    if content.kind == PromoKind.FIXED:
        yield from _check_money("amount", content.amount, content.currency)
    if content.kind == PromoKind.BUY_X_GET_Y:
        for name in ("buy_quantity", "get_quantity"):
            if not _is_between(getattr(content, name), 1, MAX_PORTIONS):
                yield name, _("Give a number from 1 to %(most)d.") % {"most": MAX_PORTIONS}


def _check_scope(content: CodeContent) -> Found:
    if content.scope not in PromoScope.values:
        yield "scope", _("Choose what the code is for.")
    if content.scope == PromoScope.MEALS and not content.meal_ids:
        yield "meals", _("Choose at least one meal.")
    if content.scope == PromoScope.TAGS and not content.tag_ids:
        yield "tags", _("Choose at least one tag.")


def _check_owner(content: CodeContent) -> Found:
    if content.funder not in Funder.values:
        yield "funder", _("Choose who pays.")
    if content.creator_id is None and content.funder == Funder.CREATOR:
        yield "funder", _("A code that a creator pays for names the creator.")
    if content.creator_id is None and content.is_public:
        yield "is_public", _("Only a creator’s code has a page to be shown on.")
    if content.creator_id is not None and content.kind == PromoKind.FREE_DELIVERY:
        yield "kind", _("A creator’s code is about their meals; delivery is the house’s to waive.")


def _check_limits(content: CodeContent) -> Found:
    for name in ("limit", "per_customer"):
        value = getattr(content, name)
        if value is not None and not _is_between(value, 1, MAX_USES if name == "limit" else 1000):
            yield name, _("Give a number of at least 1, or leave it empty.")
    for name in ("min_subtotal", "budget"):
        if getattr(content, name) is not None:
            yield from _check_money(name, getattr(content, name), content.currency)


def _check_dates(content: CodeContent) -> Found:
    if content.starts_at and content.ends_at and content.starts_at >= content.ends_at:
        yield "ends_at", _("The end must come after the beginning.")


def _check_money(name: str, amount: Decimal | None, currency: str) -> Found:
    if amount is None or not 0 < amount <= MAX_AMOUNT:
        yield name, _("Give an amount above zero.")
    elif currency in settings.CURRENCIES and rounded(amount, currency) != amount:
        yield name, _("This currency has no such small coins.")


def _is_between(value: Any, least: int, most: int) -> bool:
    return value is not None and least <= value <= most


_CHECKS: tuple[Callable[[CodeContent], Found], ...] = (
    _check_names,
    _check_kind,
    _check_scope,
    _check_owner,
    _check_limits,
    _check_dates,
)
