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

from accounts.models import User
from orders.enums import AttributionKind, ClickKind, PromoKind
from orders.models import Cart, Click, CommissionRate, LineAttribution, LineDiscount, Order, OrderLine, PromoCode
from orders.services.clicks import window
from orders.services.self_referral import Verdict, judge_order


@dataclass(frozen=True)
class _Claim:
    creator: User
    promo: PromoCode | None = None
    click: Click | None = None


def attribute_order(
    *, order: Order, cart: Cart | None, now: datetime, lines: Sequence[OrderLine] | None = None
) -> list[LineAttribution]:
    """After the codes of the order are redeemed, in the transaction that places it. Orders for trying out earn nothing.

    Binds the click of the cart to the customer. `lines` are those of the order, where the
    caller has them. At most six questions, none that grows with lines or past orders.
    """
    if order.is_test:
        return []
    click = _last_click(order, cart)
    if click is None and not order.discount:
        return []
    lines = list(order.lines.all()) if lines is None else lines
    claims = _claims_of_codes(order, lines)
    open_lines = [line for line in lines if line.pk not in claims]
    if open_lines and click is not None:
        _bind(click, order)
        claims |= {line.pk: _Claim(click.link.creator, click=click) for line in open_lines}
    return _written_down(order, lines, claims, now) if claims else []


def rates_of(*, creator_ids: Iterable[int], at: datetime) -> dict[int, Decimal]:
    """The rate of each creator at that instant: the last that staff set for them, else the usual one."""
    ids = sorted(set(creator_ids))
    rows = CommissionRate.objects.filter(creator_id__in=ids, valid_from__lte=at).order_by("valid_from", "pk")
    set_by_staff = dict(rows.values_list("creator_id", "rate"))
    return {pk: set_by_staff.get(pk, settings.COMMISSION_RATE) for pk in ids}


def _claims_of_codes(order: Order, lines: Sequence[OrderLine]) -> dict[int, _Claim]:
    """Of two codes on one line the one typed first. A code that waives delivery takes nothing off a line: it attributes
    the lines of its creator."""
    if not order.discount:
        return {}
    theirs = Q(redemption__promo__creator__isnull=False)
    cuts = LineDiscount.objects.filter(theirs, line__order=order).select_related("redemption__promo__creator")
    claims = {cut.line_id: _claim(cut.redemption.promo) for cut in cuts.order_by("-redemption_id")}
    if order.delivery_discount:
        claims = _claims_of_free_delivery(order, lines) | claims
    return claims


def _claims_of_free_delivery(order: Order, lines: Sequence[OrderLine]) -> dict[int, _Claim]:
    codes = order.redemptions.filter(promo__kind=PromoKind.FREE_DELIVERY, promo__creator__isnull=False)
    promos = [redemption.promo for redemption in codes.select_related("promo__creator").order_by("-pk")]
    return {line.pk: _claim(promo) for promo in promos for line in lines if line.creator_id == promo.creator_id}


def _claim(promo: PromoCode) -> _Claim:
    assert promo.creator is not None  # noqa: S101  for the type: the queries ask for codes of creators
    return _Claim(promo.creator, promo=promo)


def _last_click(order: Order, cart: Cart | None) -> Click | None:
    """Bound to the customer, or in the cart and nobody else's; from the first to the last instant of the window."""
    mine = Q(pk__in=[])
    if order.customer_id is not None:
        mine |= Q(person_id=order.customer_id)
    if cart is not None and cart.click_id is not None:
        mine |= Q(pk=cart.click_id, person=None)
    clicks = Click.objects.filter(mine, kind=ClickKind.PERSON).select_related("link__creator")
    within = clicks.filter(clicked_at__gte=order.placed_at - window(), clicked_at__lte=order.placed_at)
    return within.order_by("-clicked_at", "-pk").first()


def _bind(click: Click, order: Order) -> None:
    if click.person_id is None and order.customer_id is not None:
        click.person_id = order.customer_id
        click.save(update_fields=["person"])


def _written_down(
    order: Order, lines: Sequence[OrderLine], claims: dict[int, _Claim], now: datetime
) -> list[LineAttribution]:
    creators = list({claim.creator.pk: claim.creator for claim in claims.values()}.values())
    rates = rates_of(creator_ids=[creator.pk for creator in creators], at=order.placed_at)
    verdicts = judge_order(order=order, creators=creators)
    rows = [
        _row(line, claim, rates[claim.creator.pk], verdicts[claim.creator.pk], now)
        for line in lines
        if (claim := claims.get(line.pk))
    ]
    return LineAttribution.objects.bulk_create(rows)


def _row(line: OrderLine, claim: _Claim, rate: Decimal, verdict: Verdict, now: datetime) -> LineAttribution:
    return LineAttribution(
        line=line,
        creator=claim.creator,
        via=AttributionKind.PROMO_CODE if claim.promo else AttributionKind.LINK,
        promo=claim.promo,
        click=claim.click,
        link=claim.click.link if claim.click else None,
        rate=rate,
        status=verdict.status,
        reason=verdict.reason,
        attributed_at=now,
    )
