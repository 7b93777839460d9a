"""One box finds meals, creators, classes and posts, each with its own search, and nothing that is not theirs (F39)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from classes.enums import SessionStatus
from classes.search import CLASSES
from classes.tests.factories import make_chain, make_session, make_studio
from fitfoodie.search import groups
from fitfoodie.search import services as search
from fitfoodie.search.across import cleaned, search_everything, single_words
from influencers.search import POSTS
from influencers.tests.factories_creators import make_listed_creator
from influencers.tests.factories_posts import make_post
from meals.tests.factories import make_meal, make_user
from social.models import Block

pytestmark = pytest.mark.django_db
API = "/api/v1/search"


@pytest.fixture
def author():
    return make_listed_creator("author", name="Saffron Smith")


@pytest.fixture
def member():
    return make_user("member")


@pytest.fixture
def studio():
    return make_studio(make_chain())


def soon(days=1):
    return timezone.now() + timedelta(days=days)


def make_one(author, studio, number=1):
    """Of every kind one that the word "saffron" finds, and their indexes."""
    if number > 1:
        make_listed_creator(f"other{number}", name=f"Saffron Jones {number}")
    meal = make_meal(author, f"Saffron risotto {number}", publish=True)
    post = make_post(author, f"Saffron is dear, number {number}.\n\nBuy little of it.", publish=True)
    session = make_session(
        studio, title="Saffron Yoga", description="Breathe in saffron.", instructor=author, starts_at=soon(number)
    )
    search.index_objects("meals", [meal.pk])
    search.index_objects(POSTS, [post.pk])
    search.index_objects(CLASSES, [session.pk])
    return meal, post, session


@pytest.fixture
def one(author, studio):
    return make_one(author, studio)


def found(client, text="saffron", **more):
    """Titles by group, of the groups that found something, in their order."""
    page = client.get("/search/", {"q": text, **more})
    assert page.status_code == 200
    return {part["group"].name: [row.title for row in part["found"].results] for part in page.context["found"]}


ALL = {
    "meals": ["Saffron risotto 1"],
    "creators": ["Saffron Smith"],
    "classes": ["Saffron Yoga"],
    "posts": ["Saffron is dear, number 1."],
}


def test_results_are_grouped_and_in_order(client, one):
    assert list(found(client).items()) == list(ALL.items())


def test_words_are_marked_and_nothing_else_is_markup(client, author, studio):
    meal = make_meal(author, "Saffron <i>rice</i>", publish=True, summary="With saffron & salt")
    search.index_objects("meals", [meal.pk])
    text = client.get("/search/", {"q": "saffron"}).content.decode()
    assert "<mark>Saffron</mark> &lt;i&gt;rice&lt;/i&gt;" in text
    assert "With <mark>saffron</mark> &amp; salt" in text
    assert "<mark>Saffron</mark> Smith" in text


def test_misspelt_word_finds_what_was_meant_and_says_so(client, one):
    assert found(client, "safron risoto")["meals"] == ["Saffron risotto 1"]
    assert "Showing results for" in client.get("/search/", {"q": "safron risoto"}).content.decode()


def test_what_is_found_as_typed_stands_before_what_was_meant(client, author, studio):
    meal = make_meal(author, "Saffron risotto", publish=True)
    session = make_session(studio, title="Safron Yoga", starts_at=soon())
    search.index_objects("meals", [meal.pk])
    search.index_objects(CLASSES, [session.pk])
    assert list(found(client, "safron")) == ["classes", "meals"]


def test_classes_understand_days_and_past_ones_are_left_out(client, studio):
    coming = make_session(studio, title="Gentle Yoga", starts_at=soon(2))
    past = make_session(studio, title="Gentle Yoga", starts_at=soon(-2))
    off = make_session(studio, title="Gentle Yoga", starts_at=soon(3), status=SessionStatus.CANCELLED)
    search.index_objects(CLASSES, [coming.pk, past.pk, off.pk])
    day = coming.starts_at.astimezone(timezone.get_current_timezone()).strftime("%A").lower()
    urls = [part["found"].results for part in client.get("/search/", {"q": f"yoga {day}"}).context["found"]]
    assert [[row.url for row in rows] for rows in urls] == [[coming.get_absolute_url()]]


def test_equal_classes_come_soonest_first(client, studio):
    rows = [make_session(studio, starts_at=soon(days)) for days in (3, 1, 2)]
    search.index_objects(CLASSES, [row.pk for row in rows])
    (part,) = client.get("/search/", {"q": "yoga"}).context["found"]
    expected = [rows[place].get_absolute_url() for place in (1, 2, 0)]
    assert [row.url for row in part["found"].results] == expected


@pytest.mark.parametrize("who_blocks", ["author", "member"])
def test_blocked_people_are_in_no_group(client, one, author, member, who_blocks):
    pair = (author, member) if who_blocks == "author" else (member, author)
    Block.objects.create(blocker=pair[0], blocked=pair[1], blocked_at=timezone.now())
    client.force_login(member)
    assert found(client) == {"classes": ["Saffron Yoga"]}
    page = client.get("/search/", {"q": "saffron smith"})
    assert "Smith" not in page.content.decode().replace("saffron smith", "")


def test_private_and_hidden_things_are_in_no_group(client, one, author):
    author.profile.is_private = True
    author.profile.save()
    assert found(client) == {"creators": ["Saffron Smith"], "classes": ["Saffron Yoga"]}
    author.is_active = False
    author.save()
    assert found(client) == {"classes": ["Saffron Yoga"]}


def test_severe_allergy_keeps_meals_out(client, author, member):
    meal = make_meal(author, "Saffron milk", publish=True, ingredients=["200 ml whole milk"])
    search.index_objects("meals", [meal.pk])
    client.force_login(member)
    assert "meals" in found(client)
    member.profile.allergies = member.profile.severe_allergies = ["milk"]
    member.profile.save()
    assert "meals" not in found(client)


def test_see_all_leads_to_the_list_of_each_group_or_stays(client, one):
    page = client.get("/search/", {"q": "saffron"})
    assert [part["all_url"] for part in page.context["found"]] == [
        "/meals/?q=saffron",
        "/creators/?q=saffron",
        "/classes/?q=saffron",
        "/search/?q=saffron&in=posts",
    ]
    for part in page.context["found"]:
        assert client.get(part["all_url"]).status_code == 200


def test_one_group_alone_goes_on_by_page(client, author):
    posts = [make_post(author, f"Saffron number {number}", publish=True) for number in range(21)]
    search.index_objects(POSTS, [post.pk for post in posts])
    first = client.get("/search/", {"q": "saffron", "in": "posts"})
    (part,) = first.context["found"]
    assert (len(part["found"].results), part["next_url"]) == (20, "/search/?q=saffron&in=posts&page=2")
    (last,) = client.get(part["next_url"]).context["found"]
    assert (len(last["found"].results), last["next_url"]) == (1, "")


def test_nothing_found_helps_on(client, one):
    text = client.get("/search/", {"q": "zzyzx wombat"}).content.decode()
    assert "Nothing found" in text
    assert [
        way in text for way in ("q=zzyzx", "q=wombat", 'href="/meals/"', 'href="/creators/"', 'href="/classes/"')
    ] == [True] * 5


def test_nothing_asked_asks_nothing(client, db):
    page = client.get("/search/")
    assert (page.context["found"], page.context["missing"], page.context["tabs"]) == ([], [], [])
    assert 'href="/meals/"' in page.content.decode()


@pytest.mark.parametrize("query", [{"in": "nothing"}, {"in": "posts", "page": "no"}, {"q": "\x00", "in": "meals"}])
def test_odd_addresses_are_read_kindly(client, one, query):
    assert client.get("/search/", {"q": "saffron", **query}).status_code == 200


def queries_of(client, address, **query):
    client.get(address, query)
    with CaptureQueriesContext(connection) as seen:
        client.get(address, query)
    return len(seen)


@pytest.mark.parametrize("address", ["/search/", API])
def test_three_of_each_cost_as_many_queries_as_one(client, one, author, studio, member, address):
    client.force_login(member)
    first = queries_of(client, address, q="saffron")
    for number in (2, 3):
        make_one(author, studio, number)
    assert queries_of(client, address, q="saffron") == first
    assert first <= 40


def test_api_answers_in_groups(client, one, author):
    meal, post, session = one
    answer = client.get(API, {"q": "saffron"}).json()
    assert answer["query"] == "saffron"
    assert [(group["name"], group["has_more"], group["corrected"]) for group in answer["groups"]] == [
        (name, False, None) for name in ALL
    ]
    rows = {group["name"]: group["results"][0] for group in answer["groups"]}
    assert {name: row["id"] for name, row in rows.items()} == {
        "meals": meal.slug,
        "creators": "author",
        "classes": session.public_id,
        "posts": post.public_id,
    }
    assert rows["meals"]["title_html"] == "<mark>Saffron</mark> risotto 1"
    assert rows["posts"]["url"].endswith(post.get_absolute_url())
    for row in rows.values():
        path = "/api/v1/" + row["api_url"].partition("/api/v1/")[2]
        assert client.get(path).status_code == 200
    assert [group["all_url"] and group["all_url"].partition("/api/v1/")[2] for group in answer["groups"]] == [
        "meals?q=saffron",
        "influencers?q=saffron",
        "classes?q=saffron",
        None,
    ]


def test_api_keeps_to_the_groups_and_the_number_asked_for(client, one, author, studio):
    make_one(author, studio, 2)
    answer = client.get(API, {"q": "saffron", "in": "meals, posts", "limit": 1}).json()
    assert [(group["name"], len(group["results"]), group["has_more"]) for group in answer["groups"]] == [
        ("meals", 1, True),
        ("posts", 1, True),
    ]


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ({}, "?q", "required"),
        ({"q": "  "}, "?q", "required"),
        ({"q": "rice", "in": "meals,people"}, "?in", "unknown_group"),
        ({"q": "rice", "limit": "0"}, "?limit", "out_of_range"),
        ({"q": "rice", "limit": "many"}, "?limit", "out_of_range"),
    ],
)
def test_api_says_what_is_wrong(client, db, query, pointer, code):
    answer = client.get(API, query)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["pointer"], error["code"]) == (400, pointer, code)


def test_api_shows_blocked_people_in_no_group(client, one, author, member):
    Block.objects.create(blocker=author, blocked=member, blocked_at=timezone.now())
    client.force_login(member)
    answer = client.get(API, {"q": "saffron"}).json()
    assert {group["name"]: len(group["results"]) for group in answer["groups"]} == {
        "meals": 0,
        "creators": 0,
        "classes": 1,
        "posts": 0,
    }


def test_box_of_every_page_leads_here(client, db):
    assert 'action="/search/"' in client.get("/creators/").content.decode()


def test_a_group_cannot_be_registered_twice():
    with pytest.raises(ValueError, match="registered twice"):
        groups.register(groups.every()[0])


def test_text_is_one_line_and_short(member):
    assert cleaned(" a \x00\n b ") == "a b"
    assert len(cleaned("x" * 500)) == 200
    assert search_everything("", member, now=timezone.now()) == []
    assert single_words("the lentil soup") == ["lentil", "soup"]
    assert single_words("soup") == []
