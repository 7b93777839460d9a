"""Filing reports: receipts, cases, weight, limits (MOD-1, MOD-2, MOD-11)."""

import pytest

from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.events.models import Event
from fitfoodie.moderation.models import Case, Report
from fitfoodie.moderation.services.report import TooManyReportsError
from meals.tests.factories import make_user
from social.services.comment_care import hide_comment

HELD = "Several people reported it. A moderator will look at it."


def test_a_report_opens_a_case_and_says_no_name(file, eve, sam, comment, said):
    report = file(eve, "comment", comment, note="  Again and again.  ")
    case = Case.objects.get()
    assert (report.case, report.reporter, report.note, report.email) == (case, eve, "Again and again.", "")
    assert (case.target_type, case.target_id, case.owner, case.state, case.reporter_count) == (
        "social.comment",
        comment.pk,
        sam,
        "open",
        1,
    )
    assert said() == [
        (
            "moderation.report.filed",
            {
                "report_id": report.pk,
                "case_id": case.pk,
                "target_type": "social.comment",
                "target_id": comment.pk,
                "category": "spam",
                "is_signed_in": True,
            },
            eve,
        )
    ]


def test_the_same_again_is_the_same_receipt(file, eve, comment, said):
    first = file(eve, "comment", comment)
    assert file(eve, "comment", comment, note="Once more.") == first
    other = file(eve, "comment", comment, "hate")
    assert (other.case, other.pk == first.pk) == (first.case, False)
    first.case.refresh_from_db()
    assert (first.case.reporter_count, Report.objects.count(), len(said())) == (1, 2, 2)


def test_many_people_are_one_case_of_more_weight(file, eve, ada, comment):
    file(eve, "comment", comment)
    file(ada, "comment", comment)
    file(None, "comment", comment, "illegal", note="Against the law on medicine.")
    file(None, "comment", comment, "illegal", note="The same.", address="192.0.2.8")
    assert [(case.reporter_count, case.reports.count()) for case in Case.objects.all()] == [(3, 4)]


def test_after_a_decision_a_new_report_opens_a_new_case(file, decide, eve, mod, soup):
    decide(file(eve, "meal", soup).case, mod, "no_action")
    assert file(eve, "meal", soup).case != Case.objects.earliest("pk")
    assert Case.objects.count() == 2


@pytest.mark.parametrize(("kind", "category"), [("comment", "hate"), ("review", "spam")])
def test_three_trusted_people_hide_it_until_somebody_has_looked(file, old_hand, request, soup, said, kind, category):
    row = request.getfixturevalue(kind)
    for handle in ("one", "two"):
        file(old_hand(handle), kind, row, category)
    row.refresh_from_db()
    assert row.hidden_at is None
    case = file(old_hand("three"), kind, row, category).case
    row.refresh_from_db()
    soup.refresh_from_db()
    assert row.hidden_at is not None
    assert (soup.comment_count, soup.rating_count) == (0, 0)
    case.refresh_from_db()
    assert case.held_at is not None
    facts = {"case_id": case.pk, "target_type": case.target_type, "target_id": row.pk, "owner_id": row.author_id}
    assert said("moderation.case.held") == [("moderation.case.held", facts, None)]
    hidden = Event.objects.get(name__in=["social.comment.hidden", "meals.review.hidden"])
    assert (hidden.actor, hidden.data["reason"]) == (None, HELD)


def test_a_brigade_of_new_accounts_hides_nothing(file, comment):
    for number in range(6):
        file(make_user(f"new{number}"), "comment", comment)
    comment.refresh_from_db()
    assert (comment.hidden_at, Case.objects.get().reporter_count) == (None, 6)


def test_who_mostly_reports_in_vain_or_is_unconfirmed_is_not_trusted(file, decide, old_hand, ada, soup, mod, comment):
    crier = old_hand("crier")
    decide(file(crier, "meal", soup).case, mod, "no_action")
    for person in (old_hand("one"), old_hand("two"), crier):
        file(person, "comment", comment)
    file(old_hand("unsure", verified=False), "comment", comment, "illegal", note="Law.")
    file(old_hand("fresh", days=13), "comment", comment)
    comment.refresh_from_db()
    assert comment.hidden_at is None


def test_meals_and_people_are_never_hidden_by_weight_alone(file, old_hand, soup, ada):
    for handle in ("one", "two", "three"):
        person = old_hand(handle)
        file(person, "meal", soup)
        file(person, "person", ada)
    soup.refresh_from_db()
    assert (soup.status, set(Case.objects.values_list("held_at", flat=True))) == ("published", {None})


def test_what_is_hidden_already_is_not_hidden_again(file, old_hand, comment, ada, soup):
    reporters = [old_hand(handle) for handle in ("one", "two", "three")]
    for person in reporters[:2]:
        file(person, "comment", comment)
    hide_comment(comment_id=comment.pk, actor=ada, now=comment.created_at)
    file(reporters[2], "comment", comment)
    assert Case.objects.get().held_at is None


@pytest.mark.parametrize(
    ("who", "category", "more", "error", "code"),
    [
        (None, "spam", {}, NotAllowedError, "sign_in_to_report"),
        (None, "illegal", {}, DomainError, "required"),
        (None, "illegal", {"note": "Law.", "email": "nonsense"}, DomainError, "invalid"),
        ("eve", "other", {}, DomainError, "required"),
        ("eve", "nonsense", {}, DomainError, "invalid_choice"),
        ("eve", "spam", {"note": "x" * 2001}, DomainError, "too_long"),
        ("sam", "spam", {}, NotAllowedError, "own_thing"),
    ],
)
def test_what_is_refused(file, request, comment, who, category, more, error, code):
    with pytest.raises(error) as caught:
        file(who and request.getfixturevalue(who), "comment", comment, category, **more)
    assert (caught.value.code, Case.objects.count()) == (code, 0)


def test_an_unconfirmed_address_may_report_what_breaks_the_law_alone(file, comment):
    unsure = make_user("unsure", verified=False)
    with pytest.raises(NotAllowedError) as caught:
        file(unsure, "comment", comment)
    assert caught.value.code == "email_unverified"
    assert file(unsure, "comment", comment, "illegal", note="Law.").reporter == unsure


def test_the_address_of_a_visitor_is_kept_and_that_of_a_member_is_not(file, eve, comment):
    assert file(None, "comment", comment, "illegal", note="Law.", email=" a@b.test ").email == "a@b.test"
    assert file(eve, "comment", comment, "illegal", note="Law.", email="a@b.test").email == ""


def test_an_account_is_limited_wherever_it_comes_from(file, eve, comment, settings):
    settings.REPORTS_PER_HOUR = 1
    first = file(eve, "comment", comment)
    with pytest.raises(TooManyReportsError):
        file(eve, "comment", comment, "hate", address="198.51.100.1")
    assert file(eve, "comment", comment) == first


def test_visitors_are_limited_by_their_network(file, comment, settings):
    settings.REPORTS_PER_HOUR_SIGNED_OUT = 1
    file(None, "comment", comment, "illegal", note="Law.", address="2001:db8::1")
    with pytest.raises(TooManyReportsError):
        file(None, "comment", comment, "illegal", note="Law.", address="2001:db8::2")
    file(None, "comment", comment, "illegal", note="Law.", address="2001:db8:0:1::2")
    assert Report.objects.count() == 2
