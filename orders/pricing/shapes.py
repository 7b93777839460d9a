"""The values that prices are computed from and come out as. Amounts are Decimal in `currency` and contain tax."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from orders.enums import Funder, PromoKind, PromoScope


@dataclass(frozen=True)
class BasketLine:
    """One meal of a basket. `key` tells lines apart and comes back in the answer."""

    key: int
    meal_id: int
    creator_id: int
    tag_ids: frozenset[int]
    title: str
    unit_price: Decimal
    quantity: int

    @property
    def gross(self) -> Decimal:
        return self.unit_price * self.quantity


@dataclass(frozen=True)
class CustomerFacts:
    """What conditions of codes ask about the customer; of a visitor nothing is known."""

    is_known: bool
    has_ordered: bool = False
    # Uses that count, by primary key of the code; those of the order being placed again are left out (ORD-6).
    uses: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Terms:
    """A promo code as far as prices go."""

    key: int
    code: str
    kind: PromoKind
    percent: Decimal | None
    amount: Decimal | None
    buy_quantity: int | None
    get_quantity: int | None
    currency: str
    creator_id: int | None
    creator_name: str
    funder: Funder
    scope: PromoScope
    meal_ids: frozenset[int]
    tag_ids: frozenset[int]
    min_subtotal: Decimal | None
    starts_at: datetime | None
    ends_at: datetime | None
    uses_left: int | None
    per_customer: int | None
    is_first_order_only: bool
    is_stackable: bool
    budget_left: Decimal | None
    is_active: bool


@dataclass(frozen=True)
class Basket:
    lines: tuple[BasketLine, ...]
    codes: tuple[Terms, ...]
    customer: CustomerFacts
    currency: str
    tax_rate: Decimal
    # What delivery costs before any code; zero for pickup and from the kitchen's threshold on.
    delivery_fee: Decimal


@dataclass(frozen=True)
class LineCut:
    """What one code takes off one line."""

    code_key: int
    amount: Decimal
    funder: Funder


@dataclass(frozen=True)
class QuotedLine:
    """`total` = unit price × quantity − discount; the cuts sum to the discount (ORD-1, ORD-11)."""

    line: BasketLine
    cuts: tuple[LineCut, ...]
    discount: Decimal
    total: Decimal
    tax: Decimal


@dataclass(frozen=True)
class CodeOutcome:
    """What became of one code: applied with what it saves, or why not (W9). `reason` is a stable code, `text` words."""

    key: int
    code: str
    is_applied: bool
    saved: Decimal
    reason: str
    text: str
    # For `minimum_not_met`: what is missing (ORD-8).
    missing: Decimal | None = None


@dataclass(frozen=True)
class Quote:
    """`total` = subtotal − discount + delivery; `discount` includes `delivery_discount` (see `Order`)."""

    lines: tuple[QuotedLine, ...]
    codes: tuple[CodeOutcome, ...]
    currency: str
    subtotal: Decimal
    discount: Decimal
    delivery: Decimal
    delivery_discount: Decimal
    delivery_cut: LineCut | None
    tax: Decimal
    total: Decimal
    # The sum, step by step, in words for the customer: label and signed amount.
    steps: tuple[tuple[str, Decimal], ...]
