"""A small market to play in: one kitchen, two creators, three customers, codes with limits, links, a clock."""

from datetime import timedelta
from decimal import Decimal

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings

from accounts.models import User
from orders.enums import ClickKind, Funder, PromoKind
from orders.models import AffiliateLink, Click, PromoCode
from orders.tests.factories import NOW, make_cook, make_creator, make_dish, make_kitchen, make_user

PORTIONS = 9


class Market:
    def __init__(self, number: int) -> None:
        self.now = NOW
        self.kitchen = make_kitchen(f"Kitchen {number}", is_default=True, capacity=8)
        self.cook = make_cook(self.kitchen, f"cook_{number}")
        self.creators = [make_creator(f"creator_{number}_{n}") for n in range(2)]
        self.dishes = [
            make_dish(self.creators[n % 2], f"Dish {number} {n}", price=price, portions=PORTIONS)
            for n, price in enumerate(("8.00", "3.33", "12.95"))
        ]
        # One of the customers is a creator: some of what they order through their own link must pay nothing.
        self.customers = [*(make_user(f"customer_{number}_{n}") for n in range(2)), self.creators[0]]
        self.codes = self._codes(number)
        self.links = [
            AffiliateLink.objects.create(creator=creator, code=f"link{number}{n}", path="/meals/")
            for n, creator in enumerate(self.creators)
        ]
        self.cashier = User.objects.create_superuser(
            f"cashier{number}@example.test", "a long passphrase", handle=f"cashier_{number}", name="Cashier"
        )
        for person in (self.cashier, *self.creators):
            TOTP.activate(person, generate_totp_secret())

    def _codes(self, number: int) -> list[PromoCode]:
        first, second = self.creators
        rows = [
            {"kind": PromoKind.PERCENT, "percent": Decimal("12.50"), "capacity": 3, "per_customer": None},
            {"kind": PromoKind.FIXED, "amount": Decimal("2.01"), "capacity": 2, "per_customer": 1},
            {"kind": PromoKind.FREE_DELIVERY, "per_customer": None, "budget": Decimal("7.50")},
            {"kind": PromoKind.PERCENT, "percent": Decimal(10), "creator": first, "funder": Funder.CREATOR},
            {"kind": PromoKind.BUY_X_GET_Y, "buy_quantity": 2, "get_quantity": 1, "creator": second, "capacity": 2},
            {"kind": PromoKind.PERCENT, "percent": Decimal(100), "capacity": 1, "is_stackable": False},
        ]
        return [PromoCode.objects.create(code=f"CODE{number}N{n}", **row) for n, row in enumerate(rows)]

    def pass_time(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    def click(self, link: AffiliateLink, person) -> Click:
        return Click.objects.create(link=link, person=person, kind=ClickKind.PERSON, clicked_at=self.now)

    @property
    def after_holding(self):
        return self.now + timedelta(days=settings.COMMISSION_HOLDING_DAYS, minutes=1)
