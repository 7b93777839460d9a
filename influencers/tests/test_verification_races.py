"""Many at once, with real threads and real transactions on PostgreSQL."""

from functools import partial

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from accounts.models import User
from accounts.services.profile import update_profile
from fitfoodie.common.errors import DomainError
from fitfoodie.common.tests.races import at_once
from influencers.models import VerificationApplication, VerificationDecision
from influencers.services.appeals import appeal, decide_appeal
from influencers.services.verification import claim_application, decide_application, name_seen
from influencers.tests.factories_creators import NOW, make_application, make_listed_creator, make_reviewer

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite runs one writer at a time"),
]


def codes(results):
    return sorted(result.code for result in results if isinstance(result, DomainError))


@pytest.fixture
def ada(db):
    Group.objects.get_or_create(name="moderator")
    return make_listed_creator("ada")


@pytest.fixture
def reviewers(db):
    return [make_reviewer(f"reviewer{number}") for number in range(6)]


def test_double_click_is_one_application(ada):
    results = at_once([partial(make_application, ada)] * 6)
    assert codes(results) == ["already_applied"] * 5
    assert VerificationApplication.objects.count() == 1


def test_of_reviewers_at_once_one_decides_and_the_others_read_what(ada, reviewers):
    application = make_application(ada)
    decide = partial(decide_application, application_id=application.pk, reason="Mine.", now=NOW)
    results = at_once([partial(decide, reviewer=each, approve=n % 2 == 0) for n, each in enumerate(reviewers)])
    assert codes(results) == ["already_decided"] * 5
    decision = VerificationDecision.objects.get()
    told = {result.message for result in results if isinstance(result, DomainError)}
    assert all(decision.reviewer.name in message for message in told)
    assert User.objects.get(pk=ada.pk).profile.is_verified == (decision.kind == "approved")


def test_one_takes_it_up(ada, reviewers):
    application = make_application(ada)
    claim = partial(claim_application, application_id=application.pk, now=NOW)
    assert codes(at_once([partial(claim, reviewer=each) for each in reviewers])) == ["claimed"] * 5


def test_no_badge_for_a_name_taken_at_the_same_moment(ada, reviewers):
    application = make_application(ada)
    decide = partial(
        decide_application,
        application_id=application.pk,
        reviewer=reviewers[0],
        approve=True,
        reason="Her.",
        seen=name_seen(ada),
        now=NOW,
    )
    at_once([decide, partial(update_profile, user=ada, changes={"name": "Somebody Famous"}, now=NOW)])
    person = User.objects.get(pk=ada.pk)
    application.refresh_from_db()
    assert (person.name, person.profile.is_verified) == ("Somebody Famous", False)
    assert application.status in {"open", "review"}


def test_one_appeal_and_one_answer(ada, reviewers):
    application = make_application(ada)
    first = reviewers[0]
    decision = decide_application(application_id=application.pk, reviewer=first, approve=False, reason="No.", now=NOW)
    file = partial(appeal, decision_id=decision.pk, actor=ada, text="Yes.", now=NOW)
    results = at_once([file] * 4)
    assert codes(results) == ["already_appealed"] * 3
    filed = next(result for result in results if not isinstance(result, DomainError))
    answer = partial(decide_appeal, appeal_id=filed.pk, overturn=True, answer="Right.", now=NOW)
    assert codes(at_once([partial(answer, reviewer=each) for each in reviewers[1:]])) == ["already_decided"] * 4
