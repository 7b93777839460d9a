"""The feed through the pages and the API, with meals as what people publish. ada creates, sam follows her."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Profile, User
from fitfoodie.events.models import Event
from meals import services as meals
from meals.models import Meal
from meals.tests.factories import make_creator, make_meal, make_user
from social.models import FeedEntry, FeedItem
from social.services import feed
from social.services.block import block_person
from social.services.follow import accept_follow, follow_person, unfollow_person
from social.tasks import spread_item, take_up_event, tend_feed_of_follow

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(db):
    return make_creator("ada")


@pytest.fixture
def sam(db):
    return make_user("sam")


def follow(follower, person):
    """With what the background makes of it."""
    follow_person(follower=follower, person_id=person.pk, now=timezone.now())
    catch_up()


def publish(creator, title):
    meal = make_meal(creator, title, publish=True)
    catch_up()
    return meal


_HANDLERS = {
    "meals.meal.": take_up_event,
    "meals.review.": take_up_event,
    "social.follow.accepted": tend_feed_of_follow,
    "social.follow.removed": tend_feed_of_follow,
}


def catch_up():
    """What the worker does with the facts of a test, in order; twice, as each may come twice."""
    for event in Event.objects.filter(dispatched_at=None).order_by("pk"):
        for prefix, task in _HANDLERS.items():
            if event.name.startswith(prefix):
                task(event_id=event.pk)
                task(event_id=event.pk)
        Event.objects.filter(pk=event.pk).update(dispatched_at=event.occurred_at)


def following(api, person, **query):
    api.force_login(person)
    return api.get("/api/v1/feed", query).json()


def titles(answer):
    return [line["subject"].get("title") or line["subject"]["meal"]["title"] for line in answer["results"]]


def test_line_says_who_what_and_why(api, ada, sam):
    follow(sam, ada)
    meal = publish(ada, "Lentil soup")
    [line] = following(api, sam)["results"]
    item = FeedItem.objects.get()
    assert line["actor"] == {"handle": "ada", "name": "Ada", "avatar": None, "verified": False}
    assert (line["kind"], line["subject_type"], line["subject"]["slug"]) == ("meal", "meals.meal", meal.slug)
    assert line["why"] == {"code": "following", "text": "You follow Ada."}
    assert line["id"] == str(item.pk)


def test_new_follower_finds_what_was_published_before(api, ada, sam):
    publish(ada, "Lentil soup")
    follow(sam, ada)
    assert titles(following(api, sam)) == ["Lentil soup"]


def test_pages_neither_repeat_nor_skip_while_new_lines_come_in(api, ada, sam):
    follow(sam, ada)
    for number in range(5):
        publish(ada, f"Soup {number}")
    first = following(api, sam, page_size=2)
    publish(ada, "Newest soup")
    second = api.get(first["next"]).json()
    third = api.get(second["next"]).json()
    assert [titles(page) for page in (first, second, third)] == [["Soup 4", "Soup 3"], ["Soup 2", "Soup 1"], ["Soup 0"]]
    assert third["next"] is None


def test_same_instant_is_ordered_and_paged_by_id(api, ada, sam):
    follow(sam, ada)
    made = [publish(ada, f"Soup {number}") for number in range(3)]
    now = timezone.now()
    FeedItem.objects.update(happened_at=now)
    FeedEntry.objects.update(happened_at=now)
    first = following(api, sam, page_size=2)
    assert titles(first) + titles(api.get(first["next"]).json()) == [meal.title for meal in reversed(made)]


@pytest.mark.parametrize("hide", ["unfollow", "block", "blocked", "suspend", "close", "withdraw", "draft", "mute"])
def test_hidden_from_the_next_request_on(api, ada, sam, hide):
    follow(sam, ada)
    meal = publish(ada, "Lentil soup")
    assert titles(following(api, sam)) == ["Lentil soup"]
    now = timezone.now()
    {
        "unfollow": lambda: unfollow_person(follower=sam, person_id=ada.pk),
        "block": lambda: block_person(blocker=sam, person_id=ada.pk, now=now),
        "blocked": lambda: block_person(blocker=ada, person_id=sam.pk, now=now),
        "suspend": lambda: User.objects.filter(pk=ada.pk).update(is_active=False),
        "close": lambda: User.objects.filter(pk=ada.pk).update(deletion_requested_at=now),
        "withdraw": lambda: meals.archive_meal(meal_id=meal.pk, actor=ada, now=now),
        "draft": lambda: Meal.objects.filter(pk=meal.pk).update(audience="private"),
        "mute": lambda: feed.mute_kind(person=sam, kind="meal", now=now),
    }[hide]()
    assert titles(following(api, sam)) == []  # nothing has run in the background
    assert titles(following(api, sam, kind="for-you")) == ["Lentil soup"][: hide == "unfollow"]
    catch_up()
    assert titles(following(api, sam)) == []


def test_private_person_is_read_by_those_they_let_in(api, ada, sam):
    Profile.objects.filter(user=ada).update(is_private=True)
    publish(ada, "Lentil soup")
    follow(sam, ada)
    assert (titles(following(api, sam)), titles(following(api, sam, kind="for-you"))) == ([], [])
    accept_follow(person=ada, follower_id=sam.pk, now=timezone.now())
    catch_up()
    assert titles(following(api, sam)) == ["Lentil soup"]


def test_page_is_filled_up_when_much_of_it_is_hidden(api, ada, sam):
    follow(sam, ada)
    for number in range(6):
        meal = publish(ada, f"Soup {number}")
        if number in (2, 3, 4):
            Meal.objects.filter(pk=meal.pk).update(audience="private")
    first = following(api, sam, page_size=2)
    assert (titles(first), titles(api.get(first["next"]).json())) == (["Soup 5", "Soup 1"], ["Soup 0"])


def test_what_is_published_again_comes_back_where_it_was(api, ada, sam):
    follow(sam, ada)
    meal = publish(ada, "Lentil soup")
    meals.archive_meal(meal_id=meal.pk, actor=ada, now=timezone.now())
    meals.publish_meal(meal_id=meal.pk, actor=ada, now=timezone.now())
    events = list(Event.objects.filter(name__startswith="meals.meal.").order_by("-pk"))
    for event in events:  # in the wrong order
        take_up_event(event_id=event.pk)
    item = FeedItem.objects.get()
    assert (item.is_withdrawn, titles(following(api, sam))) == (False, ["Lentil soup"])


def test_what_people_cooked_stands_there_too(api, ada, sam):
    ben = make_user("ben")
    follow(sam, ben)
    meal = make_meal(ada, "Lentil soup", publish=True)
    review = meals.write_review(meal_id=meal.pk, author=ben, rating=5, text="Warming", now=timezone.now())
    catch_up()
    [line] = following(api, sam)["results"]
    assert (line["kind"], line["actor"]["handle"], line["subject"]["text"]) == ("cooked", "ben", "Warming")
    assert line["subject"]["meal"] == {"slug": meal.slug, "title": "Lentil soup"}
    moderator = User.objects.create_superuser("mod@example.test", "a long passphrase", handle="mod", name="Mod")
    meals.hide_review(review_id=review.pk, actor=moderator, reason="Spam", now=timezone.now())
    assert following(api, sam)["results"] == []


def test_spreading_goes_on_in_chunks_and_twice_changes_nothing(ada, monkeypatch):
    monkeypatch.setattr(feed.spread, "__kwdefaults__", {"after": 0, "size": 2})
    fans = [make_user(f"fan_{number}") for number in range(5)]
    for fan in fans:
        follow(fan, ada)
    make_meal(ada, "Lentil soup", publish=True)
    event = Event.objects.get(name="meals.meal.published")
    [item] = feed.take_up(event)
    for _time in range(2):
        spread_item(item_id=item.pk, after=0)
        assert sorted(FeedEntry.objects.values_list("owner_id", flat=True)) == sorted(fan.pk for fan in fans)


def test_spreading_what_is_gone_and_events_that_are_gone_are_no_failure(ada):
    assert feed.spread(item_id=0) is None
    take_up_event(event_id=0)
    tend_feed_of_follow(event_id=0)


def test_entries_of_somebody_unfollowed_are_cleared_in_the_background(ada, sam):
    follow(sam, ada)
    publish(ada, "Lentil soup")
    unfollow_person(follower=sam, person_id=ada.pk)
    catch_up()
    assert FeedEntry.objects.count() == 0


def test_old_entries_are_forgotten(ada, sam, settings):
    follow(sam, ada)
    publish(ada, "Lentil soup")
    later = timezone.now() + timedelta(days=settings.FEED_KEEP_DAYS + 1)
    assert (feed.forget_old_entries(now=timezone.now()), feed.forget_old_entries(now=later)) == (0, 1)
    assert (FeedEntry.objects.count(), FeedItem.objects.count()) == (0, 1)


def test_for_you_chooses_from_everybody_and_says_why(api, ada, sam):
    ben, cleo = make_creator("ben"), make_creator("cleo")
    follow(sam, ada)
    follow(ada, ben)
    for creator in (ada, ben, cleo):
        publish(creator, f"Soup of {creator.name}")
    lines = following(api, sam, kind="for-you")["results"]
    assert [(line["subject"]["title"], line["why"]["code"]) for line in lines] == [
        ("Soup of Ada", "following"),
        ("Soup of Ben", "followed_by_followed"),
        ("Soup of Cleo", "new"),
    ]
    assert [line["why"]["text"] for line in lines][1:] == ["People you follow follow Ben.", "New on FitFoodie."]


def test_for_you_holds_still_while_likes_and_meals_come_in(api, sam):
    for number in range(5):
        publish(make_creator(f"cook_{number}"), f"Soup {number}")
    first = following(api, sam, kind="for-you", page_size=2)
    Meal.objects.filter(title="Soup 0").update(like_count=10_000)
    publish(make_creator("late"), "Late soup")
    second = api.get(first["next"]).json()
    third = api.get(second["next"]).json()
    assert [*titles(first), *titles(second), *titles(third)] == [f"Soup {n}" for n in (4, 3, 2, 1, 0)]
    assert third["next"] is None


def test_cursor_belongs_to_its_person_and_kind(api, ada, sam):
    follow(sam, ada)
    for number in range(3):
        publish(ada, f"Soup {number}")
    link = following(api, sam, page_size=1)["next"]
    assert api.get(link + "&kind=for-you").json()["code"] == "invalid_cursor"
    api.force_login(ada)
    assert api.get(link).json()["code"] == "invalid_cursor"


def test_unknown_kind_of_feed_is_refused_by_name(api, sam):
    answer = following(api, sam, kind="friends")
    assert (answer["status"], answer["errors"][0]["pointer"]) == (400, "?kind")


def test_feed_is_for_those_who_signed_in(api, client):
    assert [api.get(f"/api/v1/{path}").status_code for path in ("feed", "me/feed-mutes")] == [401, 401]
    assert client.get("/feed/").status_code == 302


def test_mutes_are_listed_set_and_taken_back(api, sam):
    api.force_login(sam)
    assert [one["kind"] for one in api.get("/api/v1/me/feed-mutes").json()["kinds"]][:2] == ["cooked", "meal"]
    assert api.put("/api/v1/me/feed-mutes/cooked").json()["muted"] == ["cooked"]
    assert api.put("/api/v1/me/feed-mutes/cooked").json()["muted"] == ["cooked"]
    assert api.delete("/api/v1/me/feed-mutes/cooked").json()["muted"] == []
    wrong = api.put("/api/v1/me/feed-mutes/gossip")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "unknown_kind")


@pytest.mark.parametrize("kind", ["following", "for-you"])
def test_queries_do_not_grow_with_the_lines(api, ada, sam, kind):
    follow(sam, ada)
    api.force_login(sam)
    counts = []
    for number in (1, 3):
        while FeedItem.objects.count() < number:
            publish(ada, f"Soup {FeedItem.objects.count()}")
        with CaptureQueriesContext(connection) as asked:
            assert len(api.get(f"/api/v1/feed?kind={kind}").json()["results"]) == number
        counts.append(len(asked))
    assert counts == [counts[0]] * 2


def test_page_shows_lines_with_their_reason_and_goes_on(client, ada, sam, monkeypatch):
    monkeypatch.setattr("social.views.feed.PAGE_SIZE", 2)
    follow(sam, ada)
    for number in range(3):
        publish(ada, f"Soup {number}")
    client.force_login(sam)
    text = client.get("/feed/").content.decode()
    assert [f"Soup {number}" in text for number in range(3)] == [False, True, True]
    assert "You follow Ada." in text
    more = unescape(re.search(r'href="([^"]*cursor=[^"]*)"', text)[1])
    assert "Soup 0" in client.get(more).content.decode()
    assert "Soup 2" in client.get("/feed/?cursor=of-another-day").content.decode()


def test_page_for_you_goes_on_too(client, ada, sam, monkeypatch):
    monkeypatch.setattr("social.views.feed.PAGE_SIZE", 1)
    publish(ada, "Soup 0")
    publish(ada, "Soup 1")
    client.force_login(sam)
    text = client.get("/feed/?kind=for-you").content.decode()
    more = unescape(re.search(r'href="([^"]*cursor=[^"]*)"', text)[1])
    assert "Soup 0" in client.get(more).content.decode()


def test_kind_is_hidden_and_brought_back_by_button(client, ada, sam):
    follow(sam, ada)
    publish(ada, "Lentil soup")
    client.force_login(sam)
    hidden = client.post("/feed/hide/meal", {"back": "following"}, follow=True).content.decode()
    assert ("Hidden from your feed" in hidden, "Lentil soup" in hidden) == (True, False)
    assert "Lentil soup" in client.post("/feed/show/meal", follow=True).content.decode()
    assert client.post("/feed/hide/gossip").status_code == 404


@pytest.mark.parametrize(("query", "offer"), [("", "Quiet here, so far"), ("?kind=for-you", "Nothing new in the last")])
def test_empty_page_says_what_to_do_next(client, sam, query, offer):
    client.force_login(sam)
    assert offer in client.get(f"/feed/{query}").content.decode()


def test_feed_is_made_again_from_the_log(ada, sam, capsys):
    follow(sam, ada)
    make_meal(ada, "Lentil soup", publish=True)
    for _time in range(2):
        call_command("feed_rebuild")
        assert (FeedItem.objects.count(), FeedEntry.objects.count()) == (1, 1)
    assert "1 lines of the feed are in place" in capsys.readouterr().out
