"""Who earns on the lines of an order, decided and written down when it is placed (AFF-3, AFF-4, AFF-7).

A creator's promo code attributes the lines it discounts. What no code attributes goes to the creator of the last click
in the window, whoever made the meal. So a line pays one creator at most, and the same order the same people each time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db.models import Q

from orders.enums import AttributionKind, ClickKind, PromoKind
from orders.models import Cart, Click, LineAttribution, Order, OrderLine, PromoCode
from orders.selectors.earners import Earner, earners, rates_in_force
from orders.services.clicks import window
from orders.services.redeeming import Redeemed, redeemed_by
from orders.services.self_referral import Verdict, judge


@dataclass(frozen=True)
class _Claim:
    creator_id: int
    promo: PromoCode | None = None
    click: Click | None = None


def attribute_order(
    *,
    order: Order,
    cart: Cart | None,
    now: datetime,
    lines: Sequence[OrderLine] | None = None,
    used: Redeemed | None = None,
) -> list[LineAttribution]:
    """After the codes of the order are redeemed, in the transaction that places it. Orders for trying out earn nothing.

    Binds the click of the cart to the customer. `lines` and `used` are those of the order, where the caller has them.
    With them at most four queries, none that grows with lines or past orders.
    """
    if order.is_test:
        return []
    click = _last_click(order, cart)
    if click is None and not order.discount:
        return []
    lines = list(order.lines.all()) if lines is None else lines
    claims = _claims_of_codes(order, lines, used)
    open_lines = [line for line in lines if line.pk not in claims]
    if open_lines and click is not None:
        _bind(click, order)
        claims |= {line.pk: _Claim(click.link.creator_id, click=click) for line in open_lines}
    return _written_down(order, lines, claims, now) if claims else []


def rates_of(*, creator_ids: Iterable[int], at: datetime) -> dict[int, Decimal]:
    """The rate of each creator at that instant: the last that staff set for them, else the usual one."""
    ids = sorted(set(creator_ids))
    set_by_staff = dict(rates_in_force(at).filter(creator_id__in=ids).reverse().values_list("creator_id", "rate"))
    return {pk: set_by_staff.get(pk, settings.COMMISSION_RATE) for pk in ids}


def _claims_of_codes(order: Order, lines: Sequence[OrderLine], used: Redeemed | None) -> dict[int, _Claim]:
    """Of two codes on one line the one typed first. A code that waives delivery takes nothing off a line: it attributes
    the lines of its creator."""
    if not order.discount:
        return {}
    used = redeemed_by(order) if used is None else used
    uses = [use for use in reversed(used.uses) if use.promo.creator_id is not None]
    waived = [use for use in uses if use.promo.kind == PromoKind.FREE_DELIVERY] if order.delivery_discount else []
    claims = {line.pk: _claim(use.promo) for use in waived for line in lines if line.creator_id == use.promo.creator_id}
    return claims | {cut.line_id: _claim(use.promo) for use in uses for cut in used.cuts if cut.redemption == use}


def _claim(promo: PromoCode) -> _Claim:
    assert promo.creator_id is not None  # noqa: S101  for the type: codes without a creator are left out
    return _Claim(promo.creator_id, promo=promo)


def _last_click(order: Order, cart: Cart | None) -> Click | None:
    """Bound to the customer, or in the cart and nobody else's; from the first to the last instant of the window."""
    mine = Q(pk__in=[])
    if order.customer_id is not None:
        mine |= Q(person_id=order.customer_id)
    if cart is not None and cart.click_id is not None:
        mine |= Q(pk=cart.click_id, person=None)
    clicks = Click.objects.filter(mine, kind=ClickKind.PERSON).select_related("link")
    within = clicks.filter(clicked_at__gte=order.placed_at - window(), clicked_at__lte=order.placed_at)
    return within.order_by("-clicked_at", "-pk").first()


def _bind(click: Click, order: Order) -> None:
    if click.person_id is None and order.customer_id is not None:
        click.person_id = order.customer_id
        click.save(update_fields=["person"])


def _written_down(
    order: Order, lines: Sequence[OrderLine], claims: dict[int, _Claim], now: datetime
) -> list[LineAttribution]:
    ids = {claim.creator_id for claim in claims.values()}
    people = earners(creator_ids=ids, buyer_id=order.customer_id, at=order.placed_at)
    rows = [
        _row(line, claim, judge(order=order, creator_id=claim.creator_id, people=people), people[claim.creator_id], now)
        for line in lines
        if (claim := claims.get(line.pk))
    ]
    return LineAttribution.objects.bulk_create(rows)


def _row(line: OrderLine, claim: _Claim, verdict: Verdict, creator: Earner, now: datetime) -> LineAttribution:
    return LineAttribution(
        line=line,
        creator_id=claim.creator_id,
        via=AttributionKind.PROMO_CODE if claim.promo else AttributionKind.LINK,
        promo=claim.promo,
        click=claim.click,
        link=claim.click.link if claim.click else None,
        rate=settings.COMMISSION_RATE if creator.rate is None else creator.rate,
        status=verdict.status,
        reason=verdict.reason,
        attributed_at=now,
    )
