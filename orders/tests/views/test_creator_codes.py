"""Codes on a creator's page: those shown on purpose, as long as they can be used."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.enums import Role
from meals.models import Tag
from orders.models import PromoBatch
from orders.tests.factories_pricing import make_code, make_dish
from orders.views.creator_codes import codes_of

pytestmark = pytest.mark.django_db
EARNS = "A code of this creator: they earn when you use it."


def public(creator, code, **given):
    return make_code(code, **{"percent": Decimal(10), "creator": creator, "is_public": True} | given)


def shown(creator, viewer):
    found = codes_of(creator, viewer)
    return [each["code"] for each in found["codes"]] if found else []


def test_page_says_what_a_code_gives_and_that_the_creator_earns(client, ada):
    ends = timezone.now() + timedelta(days=2)
    public(ada, "FIRST10", min_subtotal=Decimal(20), is_first_order_only=True, ends_at=ends)
    page = client.get("/@ada").content.decode()
    said = ["10 % off", 'value="FIRST10"', "All meals of", "From €20.00", "Only for a first order", "Until ", EARNS]
    assert [words for words in said if words not in page] == []
    assert page.count(EARNS) == 1


def test_only_what_is_public_and_usable_is_shown(ada, ben, sam):
    now, day = timezone.now(), timedelta(days=1)
    good = ["LEFT", "BEGUN"]
    public(ada, "LEFT", capacity=2, taken=1, budget=Decimal(9), spent=Decimal(8))
    public(ada, "BEGUN", starts_at=now - day)
    public(ada, "PRIVATE", is_public=False)
    public(ada, "PAUSED", is_active=False)
    public(ada, "OVER", ends_at=now - day)
    public(ada, "TOCOME", starts_at=now + day)
    public(ada, "USEDUP", capacity=2, taken=2)
    public(ada, "SPENT", budget=Decimal(9), spent=Decimal(9))
    public(ada, "CARD", batch=PromoBatch.objects.create(name="Cards", size=1))
    public(ben, "BENS")
    assert shown(ada, sam) == good[::-1]
    assert shown(sam, ada) == []


def test_it_names_only_meals_that_the_viewer_may_see(ada, sam):
    dishes = [make_dish(ada) for _number in range(4)]
    hidden = make_dish(ada)
    hidden.audience = "private"
    hidden.status = "draft"
    hidden.save()
    public(ada, "SECRET", scope="meals", meals=[hidden])
    public(ada, "SOME", scope="meals", meals=dishes)
    warm = Tag.objects.create(name="Warm", slug="warm-test")
    public(ada, "WARM", scope="tags", tags=[warm])
    said = {each["code"]: each["is_for"] for each in codes_of(ada, sam)["codes"]}
    titles = sorted(dish.title for dish in dishes)[:3]
    assert said == {
        "WARM": f"Meals of {ada.name} with: Warm",
        "SOME": ", ".join([*titles, "…"]),
        "SECRET": f"Certain meals of {ada.name}",
    }


def test_it_costs_the_same_queries_however_many(ada, sam, django_assert_num_queries):
    for number in range(3):
        public(ada, f"CODE-{number}", scope="meals", meals=[make_dish(ada)])
        with django_assert_num_queries(3):
            codes_of(ada, sam)


def test_who_is_no_creator_any_more_shows_none(client, ada):
    public(ada, "FIRST10")
    ada.groups.remove(*ada.groups.filter(name=Role.CREATOR.value))
    assert "FIRST10" not in client.get("/@ada").content.decode()
