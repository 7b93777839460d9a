from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import FieldError
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from fitfoodie.common.api.pagination import Ordering, Position, decode_cursor, encode_cursor, keyset_page
from fitfoodie.common.models import FailedJob, ScheduledRun

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 1, tzinfo=UTC)


def add(name, minute=0):
    return ScheduledRun.objects.create(task=name, slot_at=START + timedelta(minutes=minute), enqueued_at=START)


def titles(body):
    return [row["title"] for row in body["results"]]


def walk(api, url, link="next"):
    seen = []
    while url:
        body = api.get(url).json()
        seen.append(titles(body))
        url = body[link]
    return seen


def test_list_is_walked_forward_and_back(api):
    for index in range(5):
        add(f"n{index}", index)
    forward = walk(api, "/api/notes?page_size=2")
    assert forward == [["n4", "n3"], ["n2", "n1"], ["n0"]]
    first = api.get("/api/notes?page_size=2").json()
    last = api.get(api.get(first["next"]).json()["next"]).json()
    assert walk(api, last["previous"], "previous") == [["n2", "n1"], ["n4", "n3"]]
    assert (first["previous"], last["next"]) == (None, None)


def test_equal_keys_are_told_apart_by_the_tie(api):
    for index in range(5):
        add(f"n{index}")
    assert walk(api, "/api/notes?page_size=2&ordering=oldest") == [["n0", "n1"], ["n2", "n3"], ["n4"]]


def test_rows_that_come_and_go_cause_no_duplicate_and_no_skip(api):
    rows = [add(f"n{index}", index) for index in range(6)]
    first = api.get("/api/notes?page_size=2").json()
    rows[4].delete()
    add("newer", 60)
    second = api.get(first["next"]).json()
    assert (titles(first), titles(second)) == (["n5", "n4"], ["n3", "n2"])


def test_cursor_of_other_filters_is_refused(api):
    for index in range(3):
        add(f"n{index}", index)
    cursor = api.get("/api/notes?page_size=1").json()["next"].partition("cursor=")[2]
    for other in ("task=n1", "ordering=oldest"):
        response = api.get(f"/api/notes?{other}&cursor={cursor}")
        assert (response.status_code, response.json()["code"]) == (400, "invalid_cursor")
    assert api.get(f"/api/notes?page_size=2&cursor={cursor}").status_code == 200


@pytest.mark.parametrize("cursor", ["", "x", "abcd", "é", "AAAA" * 20, "%00"])
def test_made_up_cursor_is_refused(api, cursor):
    assert api.get("/api/notes", {"cursor": cursor}).status_code == 400


@pytest.mark.parametrize("size", ["0", "101", "-1", "x", "1e1", "", "٣", "9" * 30])
def test_page_size_out_of_range_is_refused_by_name(api, size):
    response = api.get("/api/notes", {"page_size": size})
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (400, "?page_size")


def test_links_keep_the_filters(api):
    add("same", 1), add("same", 2)
    assert "task=same" in api.get("/api/notes?page_size=1&task=same").json()["next"]


def test_page_costs_one_query_however_many_rows(api, django_assert_num_queries):
    add("n0")
    with django_assert_num_queries(1):
        api.get("/api/notes")
    add("n1", 1), add("n2", 2)
    with django_assert_num_queries(1):
        api.get("/api/notes")


def test_cursor_keeps_instants_and_decimals_exactly():
    position = Position(is_backward=True, key=(START, Decimal("1.10"), None, "x", 7))
    assert decode_cursor(encode_cursor(position, "b"), "b") == position


@pytest.mark.parametrize("is_descending", [True, False])
def test_nulls_come_last_and_are_walked_both_ways(is_descending):
    for name, minute in (("a", 1), ("b", None), ("c", 2), ("d", None)):
        settled = None if minute is None else START + timedelta(minutes=minute)
        FailedJob.objects.create(task_id=name, task=name, error="", failed_at=START, settled_at=settled)
    ordering = Ordering("settled_at", is_descending=is_descending, is_nullable=True)
    expected = ["c", "a", "d", "b"] if is_descending else ["a", "c", "b", "d"]

    def page(url):
        return keyset_page(Request(APIRequestFactory().get(url)), FailedJob.objects.all(), ordering)

    url, forward, pages = "/x?page_size=1", [], []
    while url:
        pages.append(page(url))
        forward += [job.task for job in pages[-1].results]
        url = pages[-1].next
    assert forward == expected
    url, backward = pages[-1].previous, []
    while url:
        found = page(url)
        backward += [job.task for job in found.results]
        url = found.previous
    assert backward == expected[-2::-1]


def test_ranking_is_walked_by_rank(api):
    first = api.get("/api/ranked").json()
    second = api.get(first["next"]).json()
    third = api.get(second["next"]).json()
    assert [body["results"][0] for body in (first, second, third)] == [0, 20, 40]
    assert (first["previous"], third["next"]) == (None, None)
    assert api.get(third["previous"]).json()["results"] == list(range(20, 40))


def test_numbered_pages_end_without_a_count(api):
    body = api.get("/api/ranked?page=2&page_size=2").json()
    assert body["results"] == [2, 3]
    assert api.get(body["next"]).json()["next"] is None
    assert api.get(body["previous"]).json()["previous"] is None
    assert api.get("/api/ranked?page=0").status_code == 400


def test_unknown_column_is_a_programming_error():
    with pytest.raises(FieldError):
        keyset_page(Request(APIRequestFactory().get("/x")), ScheduledRun.objects.all(), Ordering("nope"))
