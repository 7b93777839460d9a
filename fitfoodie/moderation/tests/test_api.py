"""`/api/v1/reports`: receipts for members and visitors, and nothing for strangers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from fitfoodie.moderation.models import Report
from meals.tests.factories import make_meal
from social.models import Block
from social.services.comment import write_comment

REPORTS = "/api/v1/reports"


@pytest.fixture
def visitor(db):
    return APIClient()


def body(kind, *, category="spam", **key):
    return {"target": {"type": kind} | key, "category": category}


def test_a_report_is_filed_repeated_read_and_listed(signed_in, decide, eve, mod, comment):
    client = signed_in(eve)
    given = body("comment", id=comment.public_id) | {"note": "Again."}
    answer = client.post(REPORTS, given)
    assert answer.status_code == 201, answer.content
    report = Report.objects.get()
    expected = {
        "id": report.public_id,
        "target": {
            "type": "comment",
            "title": "Buy pills",
            "url": f"/comments/{comment.public_id}/#comment-{comment.public_id}",
        },
        "category": "spam",
        "note": "Again.",
        "state": "open",
        "outcome": None,
        "answer": "",
        "filed_at": answer.json()["filed_at"],
        "decided_at": None,
    }
    assert answer.json() == expected
    again = client.post(REPORTS, given)
    assert (again.status_code, again.json()) == (200, expected)
    assert client.get(f"{REPORTS}/{report.public_id}").json() == expected
    assert client.get(REPORTS).json() == {"results": [expected], "next": None, "previous": None}
    decide(report.case, mod, answer="Thank you.")
    read = client.get(f"{REPORTS}/{report.public_id}").json()
    assert (read["state"], read["outcome"], read["answer"], read["decided_at"] is not None) == (
        "decided",
        "removed",
        "Thank you.",
        True,
    )
    assert read["target"] == {"type": "comment", "title": "", "url": ""}


def test_each_kind_is_found_by_its_names(signed_in, eve, ada, soup, review):
    client = signed_in(eve)
    for given in (
        body("person", handle="ADA"),
        body("meal", slug=soup.slug),
        body("meal", id=soup.public_id, category="allergen"),
        body("review", id=review.public_id),
    ):
        assert client.post(REPORTS, given).status_code == 201, given
    titles = [(each["target"]["type"], each["target"]["title"]) for each in client.get(REPORTS).json()["results"]]
    assert titles == [
        ("review", "Poison"),
        ("meal", "Red lentil soup"),
        ("meal", "Red lentil soup"),
        ("person", "Ada"),
    ]


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        (lambda c: body("comment", id="nothingthere"), 404, "not_found"),
        (lambda c: body("comment", handle="sam"), 404, "not_found"),
        (lambda c: body("comment"), 404, "not_found"),
        (lambda c: body("class", id=c.public_id), 400, "invalid"),
        (lambda c: body("comment", id=c.public_id, category="boring"), 400, "invalid"),
        (lambda c: body("comment", id=c.public_id, category="other"), 400, "required"),
        (lambda c: body("comment", id=c.public_id) | {"state": "decided"}, 400, "invalid"),
        (lambda c: body("person", handle="eve"), 403, "own_thing"),
    ],
)
def test_what_is_refused(signed_in, eve, comment, given, status, code):
    answer = signed_in(eve).post(REPORTS, given(comment))
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_what_one_does_not_see_cannot_be_reported(signed_in, eve, sam, ada, comment, review):
    draft = make_meal(ada, "Secret stew")
    assert signed_in(eve).post(REPORTS, body("meal", id=draft.public_id)).status_code == 404
    Block.objects.create(blocker=sam, blocked=eve, blocked_at=comment.created_at)
    for kind, key in (
        ("comment", {"id": comment.public_id}),
        ("review", {"id": review.public_id}),
        ("person", {"handle": "sam"}),
    ):
        assert signed_in(eve).post(REPORTS, body(kind, **key)).status_code == 404


def test_a_visitor_reports_what_breaks_the_law_and_reads_the_outcome_by_the_receipt(
    visitor, signed_in, eve, decide, mod, comment
):
    given = body("comment", id=comment.public_id)
    refused = visitor.post(REPORTS, given)
    assert (refused.status_code, refused.json()["code"]) == (403, "sign_in_to_report")
    filed = visitor.post(REPORTS, given | {"category": "illegal", "note": "Law.", "email": "a@b.test"})
    assert (filed.status_code, filed.json()["note"]) == (201, "")
    report = Report.objects.get()
    assert (report.note, report.email) == ("Law.", "a@b.test")
    decide(report.case, mod)
    for client in (visitor, signed_in(eve)):
        assert client.get(f"{REPORTS}/{report.public_id}").json()["outcome"] == "removed"
    assert visitor.get(REPORTS).status_code == 401


def test_strangers_find_no_receipt_not_even_whose_it_is(signed_in, visitor, file, eve, sam, ada, comment):
    report = file(eve, "comment", comment)
    for client in (visitor, signed_in(sam), signed_in(ada)):
        assert client.get(f"{REPORTS}/{report.public_id}").status_code == 404
    assert signed_in(sam).get(REPORTS).json()["results"] == []


def test_the_limit_is_told(signed_in, eve, comment, settings):
    settings.REPORTS_PER_HOUR = 0
    answer = signed_in(eve).post(REPORTS, body("comment", id=comment.public_id))
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_reports")


def test_the_list_costs_the_same_for_one_and_for_three(
    signed_in, file, eve, ada, sam, soup, comment, django_assert_num_queries
):
    client = signed_in(eve)
    file(eve, "comment", comment)
    with CaptureQueriesContext(connection) as one:
        assert len(client.get(REPORTS).json()["results"]) == 1
    for text in ("More pills", "Other pills"):
        file(eve, "comment", write_comment(row=soup, author=sam, text=text, now=comment.created_at))
    with django_assert_num_queries(len(one)):
        assert len(client.get(REPORTS).json()["results"]) == 3
