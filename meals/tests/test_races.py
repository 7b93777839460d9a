"""Many at once, with real threads and real transactions on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection, connections

from fitfoodie.common.errors import StaleVersionError
from meals import services
from meals.content import MealContent
from meals.models import Meal, Review, SavedMeal
from meals.tests.factories import NOW, make_creator, make_meal, make_user

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite runs one writer at a time"),
]


def at_once(calls):
    """The results, or the errors, of all calls carried out side by side."""

    def run(call):
        try:
            return call()
        except StaleVersionError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=10) as pool:
        return list(pool.map(run, calls))


@pytest.fixture
def soup(db):
    return make_meal(make_creator("ada"), publish=True)


def test_a_hundred_saves_by_a_hundred_people_are_a_hundred(soup):
    people = [make_user(f"reader{number}") for number in range(100)]
    results = at_once([partial(services.save_meal, meal_id=soup.pk, user=person) for person in people])
    assert (results.count(True), Meal.objects.get(pk=soup.pk).save_count) == (100, 100)


def test_a_double_click_is_one_save(soup):
    sam = make_user("sam")
    results = at_once([partial(services.save_meal, meal_id=soup.pk, user=sam)] * 10)
    assert results.count(True) == 1
    assert (Meal.objects.get(pk=soup.pk).save_count, SavedMeal.objects.count()) == (1, 1)


def test_saves_and_unsaves_mixed_leave_the_counter_right(soup):
    people = [make_user(f"reader{number}") for number in range(10)]
    calls = [
        partial(verb, meal_id=soup.pk, user=person)
        for person in people
        for verb in (services.save_meal, services.unsave_meal, services.save_meal)
    ]
    at_once(calls)
    assert Meal.objects.get(pk=soup.pk).save_count == SavedMeal.objects.count()


def test_average_of_parallel_reviews_is_exact(soup):
    people = [make_user(f"reader{number}") for number in range(30)]
    write = partial(services.write_review, meal_id=soup.pk, text="", now=NOW)
    at_once([partial(write, author=person, rating=number % 5 + 1) for number, person in enumerate(people)])
    meal = Meal.objects.get(pk=soup.pk)
    assert (Review.objects.count(), meal.rating_count, meal.rating_average) == (30, 30, Decimal("3.00"))


def test_of_parallel_edits_one_wins_and_the_others_are_told(soup):
    edit = partial(services.edit_meal, meal_id=soup.pk, editor=soup.creator, expected_version=1, now=NOW)
    results = at_once([partial(edit, content=MealContent(title=f"Title {number}")) for number in range(8)])
    refused = [result for result in results if isinstance(result, StaleVersionError)]
    assert (len(refused), {error.current for error in refused}) == (7, {2})
    assert Meal.objects.get(pk=soup.pk).version == 2


def test_two_schedulers_publish_each_due_meal_once(soup):
    for number in range(6):
        draft = make_meal(soup.creator, f"Due {number}")
        services.schedule_meal(meal_id=draft.pk, actor=soup.creator, at=NOW + timedelta(minutes=1), now=NOW)
    results = at_once([partial(services.publish_due_meals, now=NOW + timedelta(hours=1))] * 4)
    assert sum(results) == 6
    assert Meal.objects.filter(status="published").count() == 7


def test_same_title_taken_at_once_gets_two_addresses(soup):
    create = partial(services.create_meal, creator=soup.creator, content=MealContent(title="Twin"), now=NOW)
    meals = at_once([create] * 6)
    assert len({meal.slug for meal in meals}) == 6


def test_same_title_given_to_drafts_at_once_is_two_addresses(soup):
    drafts = [make_meal(soup.creator, f"Draft {number}") for number in range(6)]
    at_once(
        [
            partial(
                services.edit_meal,
                meal_id=draft.pk,
                editor=soup.creator,
                content=MealContent(title="Twin"),
                expected_version=1,
                now=NOW,
            )
            for draft in drafts
        ]
    )
    assert Meal.objects.filter(title="Twin", version=2).values("slug").distinct().count() == 6
