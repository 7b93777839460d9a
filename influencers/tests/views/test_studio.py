"""The studio by page: states, numbers, calendar in the creator's zone, one change to many. Owner ada, stranger ben."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from influencers import studio_items
from influencers.content import PostContent
from influencers.models import CreatorPage, Post
from influencers.selectors.studio import items_of, month_named, month_of, totals_of
from influencers.services.posts import write_post
from influencers.tests.factories_creators import NOW
from meals import services
from meals.models import Meal
from meals.tests.factories import make_meal

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


def post_of(person, text="Hello there"):
    return write_post(author=person, content=PostContent(text=text, audience="everyone"), now=NOW)


@pytest.mark.parametrize("address", ["/studio/", "/studio/content/", "/studio/calendar/", "/studio/page/"])
def test_visitors_are_asked_to_sign_in(client, db, address):
    assert "login" in client.get(address)["Location"]


def test_member_without_anything_is_offered_to_begin(client, sam):
    client.force_login(sam)
    assert "Write down a meal" in text_of(client.get("/studio/"))
    assert "/create/start/" in text_of(client.get("/studio/"))


def test_overview_counts_and_sums(as_ada, ada, ben):
    soup = make_meal(ada, "Soup", publish=True)
    make_meal(ada, "Stew")
    make_meal(ben, "Theirs", publish=True)
    post_of(ada)
    Meal.objects.filter(pk=soup.pk).update(like_count=41, save_count=7)
    CreatorPage.objects.filter(user=ada).update(follower_count=12)
    text = text_of(as_ada.get("/studio/"))
    assert totals_of(ada) == {"likes": 41, "comments": 0, "saves": 7, "shares": 0}
    for shown in ("41", "12", "Soup", "Stew", "Hello there"):
        assert shown in text
    assert "Theirs" not in text


def test_content_by_state_and_kind(as_ada, ada):
    make_meal(ada, "Soup", publish=True)
    make_meal(ada, "Stew")
    post_of(ada)
    text = text_of(as_ada.get("/studio/content/?state=draft"))
    assert ("Soup" in text, "Stew" in text, "Hello there" in text) == (False, True, True)
    text = text_of(as_ada.get("/studio/content/?kind=post"))
    assert ("Stew" in text, "Hello there" in text) == (False, True)
    assert as_ada.get("/studio/content/?state=x&kind=y&page=z").status_code == 200


def test_pages_of_content_hold_everything_once(ada):
    for number in range(5):
        make_meal(ada, f"Meal {number}")
        post_of(ada, f"Post {number}")
    pages = [items_of(ada, page=page, size=4) for page in (1, 2, 3)]
    assert [(len(items), more) for items, more in pages] == [(4, True), (4, True), (2, False)]
    assert len({item.id for items, _more in pages for item in items}) == 10


@pytest.mark.parametrize("count", [1, 3])
def test_content_asks_the_same_number_of_questions(as_ada, ada, django_assert_num_queries, count):
    for number in range(count):
        make_meal(ada, f"Meal {number}")
        post_of(ada)
    with django_assert_num_queries(7):
        as_ada.get("/studio/content/")


# --- Calendar


def scheduled(ada, title, at):
    meal = make_meal(ada, title)
    return services.schedule_meal(meal_id=meal.pk, actor=ada, at=at, now=NOW)


def days_with_items(month):
    return {day.on: [item.title for item in day.items] for week in month.weeks for day in week if day.items}


@pytest.mark.parametrize(
    ("zone", "at", "on"),
    [
        ("Europe/Vienna", datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),  # the night of 25 hours
        ("Europe/Vienna", datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        ("Europe/Vienna", datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
        ("Pacific/Auckland", datetime(2026, 10, 24, 11, 0, tzinfo=UTC), date(2026, 10, 25)),
        ("America/New_York", datetime(2026, 10, 25, 3, 59, tzinfo=UTC), date(2026, 10, 24)),
    ],
)
def test_day_is_that_of_the_creator(ada, zone, at, on):
    ada.preferences.time_zone = zone
    ada.preferences.save()
    scheduled(ada, "Soup", at)
    assert days_with_items(month_of(ada, date(2026, 10, 1), now=NOW)) == {on: ["Soup"]}


def test_edges_of_the_grid_belong_to_it(ada):
    scheduled(ada, "First", datetime(2026, 9, 28, 0, 0, tzinfo=UTC))
    scheduled(ada, "Last", datetime(2026, 11, 1, 23, 59, tzinfo=UTC))
    scheduled(ada, "Before", datetime(2026, 9, 27, 23, 59, tzinfo=UTC))
    scheduled(ada, "After", datetime(2026, 11, 2, 0, 0, tzinfo=UTC))
    found = days_with_items(month_of(ada, date(2026, 10, 1), now=NOW))
    assert found == {date(2026, 9, 28): ["First"], date(2026, 11, 1): ["Last"]}


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "1999-12", "2101-01", "x", "9999-99", "٢٠٢٦-١٠x"])
def test_any_month_but_a_month_is_this_one(text):
    assert month_named(text, today=date(2026, 10, 9)) == date(2026, 10, 1)


def test_months_lead_to_their_neighbours(ada):
    month = month_of(ada, date(2026, 1, 1), now=NOW)
    assert (month.previous, month.next) == (date(2025, 12, 1), date(2026, 2, 1))


def test_calendar_page_shows_published_and_scheduled(as_ada, ada):
    make_meal(ada, "Soup", publish=True)
    scheduled(ada, "Stew", datetime(2026, 5, 20, 9, 30, tzinfo=UTC))
    text = text_of(as_ada.get("/studio/calendar/?month=2026-05"))
    assert ("Soup" in text, "Stew" in text, "09:30" in text, "?month=2026-04" in text) == (True,) * 4
    assert "Soup" not in text_of(as_ada.get("/studio/calendar/?month=2026-07"))


# --- One change to many


def change(client, action, items, **more):
    return client.post("/studio/content/bulk", {"action": action, "items": items, **more})


def test_all_that_can_be_is_changed_and_the_rest_is_told(as_ada, ada):
    make_meal(ada, "Soup")
    make_meal(ada, "Stew", publish=True)
    answer = change(as_ada, "publish", ["meal:soup", "meal:stew"])
    assert "This cannot be done" in text_of(answer)
    assert list(Meal.objects.values_list("status", flat=True)) == ["published", "published"]
    assert change(as_ada, "publish", ["meal:soup"]).status_code == 409


def test_every_action_goes_through(as_ada, ada):
    make_meal(ada, "Soup")
    post = post_of(ada)
    both = ["meal:soup", f"post:{post.public_id}"]
    later = (timezone.now() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    for action, more in (
        ("audience", {"audience": "followers"}),
        ("comments", {"comments": "nobody"}),
        ("schedule", {"scheduled_for": later}),
        ("publish", {}),
        ("archive", {}),
        ("restore", {}),
    ):
        answer = change(as_ada, action, both, **more)
        assert answer.status_code == 302, (action, text_of(answer))
    for row in (Meal.objects.get(), Post.objects.get()):
        assert (row.status, row.audience, row.who_may_comment) == ("draft", "followers", "nobody")


def test_tags_are_added_once_and_only_to_what_has_tags(as_ada, ada):
    make_meal(ada, "Soup", tags=["Warm"])
    post = post_of(ada)
    text = text_of(change(as_ada, "tag", ["meal:soup", f"post:{post.public_id}"], tag="Quick"))
    assert "This cannot be done with it." in text
    change(as_ada, "tag", ["meal:soup"], tag="quick")
    assert sorted(Meal.objects.get().tags.values_list("name", flat=True)) == ["Quick", "Warm"]


def test_others_things_are_not_there(as_ada, ben):
    make_meal(ben, "Theirs", publish=True)
    assert "no such thing of yours" in text_of(change(as_ada, "archive", ["meal:theirs", "cat:tom", "nonsense"]))
    assert Meal.objects.get().status == "published"


@pytest.mark.parametrize(
    ("action", "items", "more"),
    [
        ("publish", [], {}),
        ("explode", ["meal:soup"], {}),
        ("schedule", ["meal:soup"], {}),
        ("schedule", ["meal:soup"], {"scheduled_for": "soon"}),
        ("tag", ["meal:soup"], {}),
        ("archive", [f"meal:{number}" for number in range(101)], {}),
    ],
)
def test_what_cannot_be_meant_is_refused_and_kept(as_ada, ada, action, items, more):
    make_meal(ada, "Soup")
    answer = change(as_ada, action, items, **more)
    assert answer.status_code == 422
    assert ("checked" in text_of(answer)) == ("meal:soup" in items)
    assert Meal.objects.get().status == "draft"


def test_schedule_is_a_wall_time_of_the_creator(as_ada, ada):
    ada.preferences.time_zone = "America/New_York"
    ada.preferences.save()
    make_meal(ada, "Soup")
    change(as_ada, "schedule", ["meal:soup"], scheduled_for="2099-07-01T09:30")
    assert Meal.objects.get().scheduled_for == datetime(2099, 7, 1, 13, 30, tzinfo=UTC)


def test_kinds_register_once():
    with pytest.raises(ValueError, match="twice"):
        studio_items.register(studio_items.kind_named("meal"))
