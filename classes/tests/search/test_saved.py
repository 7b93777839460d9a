"""Searches that people keep: saved once, told once a day, stopped with one click (N50)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from classes.tests.factories import NOW, make_session
from fitfoodie.common.errors import DomainError
from fitfoodie.search import saved, saved_kinds
from fitfoodie.search.models import SavedSearch, SavedSearchTold
from fitfoodie.search.tasks import tell_owner, tell_saved_searches
from social.models import Block

API = "/api/v1/saved-searches"


@pytest.fixture(autouse=True)
def _clock(at_now):
    return at_now


def keep(owner, query="level=beginner", **fields):
    return saved.save_search(owner=owner, kind="classes", query=QueryDict(query), now=NOW, **fields)


def fresh(studio, **fields):
    """A class put on the timetable after NOW."""
    session = make_session(studio, **{"level": "beginner"} | fields)
    type(session).objects.in_chain(studio.chain).filter(pk=session.pk).update(created_at=NOW + timedelta(hours=1))
    return session


def test_the_same_search_is_saved_once(sam):
    assert keep(sam, name=" Easy  ones ") == keep(sam)
    found = SavedSearch.objects.get()
    assert (found.name, found.query, found.wants_alerts) == ("Easy ones", {"level": ["beginner"]}, False)


def test_search_without_a_name_has_that_of_its_kind(sam):
    assert keep(sam).name == "Classes"


def test_limit_says_what_to_do(sam, settings):
    settings.SAVED_SEARCHES_MAX = 1
    keep(sam)
    with pytest.raises(saved.TooManySavedError, match="delete one first"):
        keep(sam, "free=true")
    assert keep(sam).pk


@pytest.mark.parametrize(
    ("kind", "query", "fields"),
    [
        ("books", "", {}),
        ("classes", "level=expert", {}),
        ("meals", "diet=none", {}),
        ("classes", "", {"name": "y" * 81}),
    ],
)
def test_what_cannot_be_saved_is_refused(sam, kind, query, fields):
    with pytest.raises(DomainError):
        saved.save_search(owner=sam, kind=kind, query=QueryDict(query), now=NOW, **fields)


def test_one_digest_a_day_tells_all_that_is_new(sam, studio, ada):
    keep(sam, name="Beginners", wants_alerts=True)
    keep(sam, "free=true", name="Free", wants_alerts=True)
    keep(ada, name="No alerts")
    make_session(studio, level="beginner", title="Old")
    type(make_session(studio)).objects.in_chain(studio.chain).update(created_at=NOW - timedelta(days=1))
    session = fresh(studio, title="Soft start")
    assert tell_saved_searches() == 1
    tell_owner(owner_id=sam.pk)
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([sam.email], "2 new finds for you")
    assert session.get_absolute_url() in letter.body
    assert "Old" not in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert SavedSearchTold.objects.count() == 2


def test_next_day_tells_only_what_came_since(sam, studio):
    keep(sam, wants_alerts=True)
    fresh(studio, starts_at=NOW + timedelta(days=9))
    assert len(saved.claim_digest(owner_id=sam.pk, now=NOW + timedelta(hours=2))) == 1
    assert saved.claim_digest(owner_id=sam.pk, now=NOW + timedelta(hours=3)) == []
    assert saved.claim_digest(owner_id=sam.pk, now=NOW + timedelta(days=1)) == []


def test_nothing_new_is_no_mail(sam, studio):
    keep(sam, wants_alerts=True)
    tell_owner(owner_id=sam.pk)
    assert mail.outbox == []


def test_people_who_left_are_not_told(sam, ada):
    for person, changes in ((sam, {"is_active": False}), (ada, {"deletion_requested_at": NOW})):
        keep(person, wants_alerts=True)
        type(person).objects.filter(pk=person.pk).update(**changes)
    assert saved.owners_to_tell() == []


def test_class_of_somebody_blocked_is_no_hit(sam, ada, studio):
    search = keep(sam, "instructor=ada")
    fresh(studio, instructor=ada)
    assert saved.new_hits(search, since=NOW, now=NOW).count == 1
    Block.objects.create(blocker=ada, blocked=sam, blocked_at=NOW)
    assert saved.new_hits(search, since=NOW, now=NOW).count == 0


def test_hits_cost_the_same_for_one_and_for_three(sam, studio):
    search = keep(sam)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            saved.new_hits(search, since=NOW, now=NOW)
        return len(captured)

    fresh(studio)
    queries()  # the owner comes with the first
    one = queries()
    fresh(studio)
    fresh(studio)
    assert queries() == one


def test_meals_can_be_saved_too(sam):
    search = saved.save_search(owner=sam, kind="meals", query=QueryDict("diet=vegan&q="), now=NOW)
    assert (saved.page_of(search), saved.new_hits(search, since=NOW, now=NOW).count) == ("/meals/?diet=vegan", 0)


def test_kind_that_is_gone_shows_nothing(sam):
    search = keep(sam)
    search.kind = "books"
    assert (saved.page_of(search), saved.new_hits(search, since=NOW, now=NOW).count) == ("", 0)
    with pytest.raises(ValueError, match="twice"):
        saved_kinds.register(saved_kinds.get("classes"))


def test_one_click_stops_the_mails_without_signing_in(client, sam):
    search = keep(sam, wants_alerts=True)
    address = f"/saved-searches/stop/{saved.unsubscribe_token(sam.pk)}/"
    assert "Stop these mails" in client.get(address).content.decode()
    search.refresh_from_db()
    assert search.wants_alerts
    assert "Done" in client.post(address, {"List-Unsubscribe": "One-Click"}).content.decode()
    search.refresh_from_db()
    assert not search.wants_alerts
    assert client.get("/saved-searches/stop/forged/").status_code == 404


def test_page_saves_lists_edits_and_deletes(client, sam, studio):
    client.force_login(sam)
    client.post("/saved-searches/new", {"kind": "classes", "query": "level=beginner", "name": "Mine"})
    search = SavedSearch.objects.get()
    fresh(studio)
    page = client.get("/saved-searches/")
    assert [(row["search"].name, row["new"]) for row in page.context["rows"]] == [("Mine", 1)]
    client.post(f"/saved-searches/{search.public_id}/edit", {"name": "Ours", "wants_alerts": "1"})
    search.refresh_from_db()
    assert (search.name, search.wants_alerts) == ("Ours", True)
    assert client.get(f"/saved-searches/{search.public_id}/look")["Location"] == "/classes/?level=beginner"
    client.post(f"/saved-searches/{search.public_id}/edit", {"name": " "})
    search.refresh_from_db()
    assert search.name == "Ours"
    client.post(f"/saved-searches/{search.public_id}/delete")
    assert not SavedSearch.objects.exists()


def test_page_says_why_a_search_cannot_be_saved(client, sam):
    client.force_login(sam)
    page = client.post("/saved-searches/new", {"kind": "books"}, follow=True)
    assert "There is no such kind of search" in page.content.decode()


@pytest.mark.parametrize("action", ["look", "edit", "delete"])
def test_searches_of_others_are_not_there(client, sam, ada, action):
    search = keep(ada)
    client.force_login(sam)
    call = client.get if action == "look" else client.post
    assert call(f"/saved-searches/{search.public_id}/{action}").status_code == 404


def test_api_keeps_searches(client, sam, ada):
    assert client.get(API).status_code == 401
    client.force_login(sam)
    body = {"kind": "classes", "name": "Yoga", "query": {"level": ["beginner"]}, "alerts": True}
    made = client.post(API, body, content_type="application/json")
    assert made.status_code == 201
    found = made.json()
    assert {name: found[name] for name in body} == body
    assert found["url"].endswith("/classes/?level=beginner")
    assert client.get(API).json()["results"] == [found]
    one = f"{API}/{found['id']}"
    assert client.get(one).json() == found
    assert client.patch(one, {"alerts": False}, content_type="application/json").json()["alerts"] is False
    assert client.patch(one, {"owner": "ada"}, content_type="application/json").status_code == 400
    client.force_login(ada)
    assert [client.get(one).status_code, client.delete(one).status_code] == [404, 404]
    client.force_login(sam)
    assert client.delete(one).status_code == 204
    bad = client.post(API, {"kind": "classes", "query": {"level": ["expert"]}}, content_type="application/json")
    assert (bad.status_code, bad.json()["code"]) == (400, "invalid_filters")
