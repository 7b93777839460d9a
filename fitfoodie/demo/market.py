"""Codes of the house and of a creator, paid links, and who came through them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from fitfoodie.demo import world
from meals.models import Meal
from orders.enums import ClickKind
from orders.models import AffiliateLink, Click, PromoCode
from orders.pricing.content import CodeContent
from orders.services.clicks import record_click
from orders.services.links import create_link
from orders.services.promo_codes import create_code

People = Mapping[str, User]
Meals = Mapping[str, Meal]


def make_market(people: People, meals: Meals, *, now: datetime) -> None:
    for code in world.codes():
        _make_code(code, people, now=now)
    for link in world.links():
        _make_link(link, people, meals, now=now)


def _make_code(code: Mapping[str, Any], people: People, *, now: datetime) -> None:
    if PromoCode.objects.filter(code=code["code"]).exists():
        return
    content = CodeContent(
        code=code["code"],
        kind=code["kind"],
        label=code["label"],
        percent=_number(code, "percent"),
        amount=_number(code, "amount"),
        min_subtotal=_number(code, "min_subtotal"),
        limit=code.get("limit"),
        per_customer=code.get("per_customer", 1) or None,
        is_first_order_only=code.get("is_first_order_only", False),
        starts_at=_before(now, code.get("days")),
        ends_at=_before(now, code.get("until_days")),
    )
    create_code(content=content, actor=people[code["by"]], now=now)


def _number(code: Mapping[str, Any], name: str) -> Decimal | None:
    return Decimal(code[name]) if name in code else None


def _before(now: datetime, days: int | None) -> datetime | None:
    return now - timedelta(days=days) if days else None


@transaction.atomic
def _make_link(link: Mapping[str, Any], people: People, meals: Meals, *, now: datetime) -> None:
    if AffiliateLink.objects.filter(code=link["code"]).exists():
        return
    made = create_link(
        creator=people[link["by"]],
        meal_slug=meals[link["meal"]].slug if "meal" in link else "",
        path=link.get("path", ""),
        code=link["code"],
        label=link["label"],
        utm={"utm_source": link["utm_source"]} if "utm_source" in link else None,
        now=now - timedelta(days=50),
    )
    for number, days in enumerate(link["clicks"]):
        at = now - timedelta(days=days, minutes=53 * number % 600)
        record_click(link=made, kind=ClickKind.PERSON, person=None, visitor=f"demo-{number % 7}", now=at)
    for number in range(link["bots"]):
        kind = (ClickKind.BOT, ClickKind.PREFETCH, ClickKind.HEAD)[number % 3]
        record_click(link=made, kind=kind, person=None, visitor="", now=now - timedelta(days=2 * number, hours=3))


def click_by(link_code: str, person: User, *, at: datetime) -> Click:
    """The person came through the link and orders a little later."""
    link = AffiliateLink.objects.get(code=link_code)
    return record_click(link=link, kind=ClickKind.PERSON, person=person, visitor=f"demo-{person.pk}", now=at)
