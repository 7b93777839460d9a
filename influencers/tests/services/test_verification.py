"""Asking for the badge, deciding, revoking, renaming, appealing (CRE-5, MOD-4)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.models import User
from accounts.services.handle import change_handle
from accounts.services.profile import update_profile
from fitfoodie.common.errors import ConflictError, DomainError, IllegalTransitionError, NotAllowedError
from fitfoodie.events.models import Event
from influencers.enums import AppealState
from influencers.models import CreatorPage, VerificationApplication, VerificationDecision
from influencers.services.appeals import appeal, decide_appeal
from influencers.services.standing import VERIFIED_FIRST
from influencers.services.verification import (
    CLAIM_HOLDS,
    claim_application,
    decide_application,
    name_seen,
    revoke_badge,
    withdraw_application,
)
from influencers.services.website import forget_id_references
from influencers.tests.factories_creators import EVIDENCE, NOW, make_application, make_reviewer, verify
from meals.tests.factories import make_creator

pytestmark = pytest.mark.django_db


def status_of(application):
    return VerificationApplication.objects.get(pk=application.pk).status


def has_badge(person):
    return User.objects.get(pk=person.pk).profile.is_verified


def facts(skip=0):
    events = Event.objects.filter(name__regex=r"^influencers\.(verification|appeal)\.").order_by("pk")
    return [(event.name, event.data, event.actor) for event in events][skip:]


def decide(application, reviewer, *, approve=True, reason="It is her.", **more):
    return decide_application(
        application_id=application.pk, reviewer=reviewer, approve=approve, reason=reason, now=NOW, **more
    )


def test_application_keeps_the_evidence(ada):
    application = make_application(ada)
    assert (application.status, application.website_check, application.applied_at) == ("open", "waiting", NOW)
    assert (application.legal_name, application.socials) == (EVIDENCE.legal_name, EVIDENCE.socials)
    data = {"application_id": application.pk, "user_id": ada.pk, "has_website": True}
    assert facts() == [("influencers.verification.applied", data, ada)]


def test_profile_elsewhere_is_evidence_enough(ada):
    assert make_application(ada, website="").website_check == "none"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"website": "", "socials": []}, "website"),
        ({"legal_name": " "}, "legal_name"),
        ({"statement": ""}, "statement"),
        ({"statement": "x" * 2001}, "statement"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"website": "https://127.0.0.1/"}, "website"),
        ({"socials": ["https://a.test"] * 2}, "socials"),
        ({"socials": ["ftp://a.test"]}, "socials"),
        ({"socials": [f"https://a{n}.example.org" for n in range(6)]}, "socials"),
        ({"id_reference": "9" * 61}, "id_reference"),
    ],
)
def test_evidence_that_is_none_is_refused_beside_its_field(ada, changes, field):
    with pytest.raises(ValidationError) as caught:
        make_application(ada, **changes)
    assert list(caught.value.message_dict) == [field]


def test_badge_is_for_creators_with_a_confirmed_address(sam):
    for person in (sam, make_creator("unconfirmed", verified=False)):
        with pytest.raises(NotAllowedError):
            make_application(person)


def test_second_application_is_refused(ada):
    make_application(ada)
    with pytest.raises(ConflictError) as caught:
        make_application(ada)
    assert caught.value.code == "already_applied"


def test_database_keeps_one_live_application(ada):
    first = make_application(ada)
    first.pk, first.public_id = None, "another00000"
    with pytest.raises(IntegrityError):
        first.save(force_insert=True)


def test_withdrawn_may_ask_again(ada, ben):
    application = make_application(ada)
    with pytest.raises(NotAllowedError):
        withdraw_application(application_id=application.pk, actor=ben, now=NOW)
    withdraw_application(application_id=application.pk, actor=ada, now=NOW)
    assert status_of(application) == "withdrawn"
    assert facts(1) == [
        ("influencers.verification.withdrawn", {"application_id": application.pk, "user_id": ada.pk}, ada)
    ]
    assert make_application(ada).status == "open"
    with pytest.raises(IllegalTransitionError):
        withdraw_application(application_id=application.pk, actor=ada, now=NOW)


def test_approval_pins_the_badge_and_says_who_when_why(ada, mia):
    application = make_application(ada)
    decision = decide(application, mia, reason="  Her site links here. ")
    assert has_badge(ada)
    assert status_of(application) == "approved"
    stored = VerificationDecision.objects.get()
    assert (stored.reviewer, stored.decided_at, stored.reason) == (mia, NOW, "Her site links here.")
    assert (stored.name, stored.handle) == ("Ada", "ada")
    assert CreatorPage.objects.get(user=ada).standing == VERIFIED_FIRST
    data = {
        "application_id": application.pk,
        "user_id": ada.pk,
        "decision_id": decision.pk,
        "reason": "Her site links here.",
    }
    assert facts(1) == [("influencers.verification.approved", data, mia)]


def test_declined_says_why_and_gives_no_badge(ada, mia):
    application = make_application(ada)
    decision = decide(application, mia, approve=False, reason="The site is another's.")
    assert (status_of(application), has_badge(ada)) == ("declined", False)
    data = {
        "application_id": application.pk,
        "user_id": ada.pk,
        "decision_id": decision.pk,
        "reason": "The site is another's.",
    }
    assert facts(1) == [("influencers.verification.declined", data, mia)]
    assert make_application(ada).status == "open"


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001])
def test_no_statement_no_action(ada, mia, reason):
    application = make_application(ada)
    with pytest.raises(DomainError):
        decide(application, mia, reason=reason)
    assert (status_of(application), has_badge(ada)) == ("open", False)
    assert not VerificationDecision.objects.exists()


def test_only_reviewers_decide_and_never_for_themselves(ada, ben, sam):
    application = make_application(ada)
    for person in (ada, ben, sam):
        with pytest.raises(NotAllowedError):
            decide(application, person)
    ada.groups.add(make_reviewer("eva").groups.get())
    with pytest.raises(NotAllowedError):
        decide(application, User.objects.get(pk=ada.pk))


def test_second_reviewer_is_shown_the_first_decision(ada, mia, max_):
    application = make_application(ada)
    decide(application, mia, reason="Her site links here.")
    with pytest.raises(ConflictError) as caught:
        decide(application, max_, approve=False)
    assert caught.value.code == "already_decided"
    assert caught.value.message == "Mia has decided already: Verified. “Her site links here.”"
    assert has_badge(ada)


def test_withdrawn_cannot_be_decided(ada, mia):
    application = make_application(ada)
    withdraw_application(application_id=application.pk, actor=ada, now=NOW)
    with pytest.raises(ConflictError) as caught:
        decide(application, mia)
    assert caught.value.code == "already_decided"


def test_claimed_is_left_to_whoever_has_it_for_half_an_hour(ada, mia, max_):
    application = make_application(ada)
    claim_application(application_id=application.pk, reviewer=mia, now=NOW)
    claim_application(application_id=application.pk, reviewer=mia, now=NOW)
    assert facts(1) == [
        ("influencers.verification.claimed", {"application_id": application.pk, "user_id": ada.pk}, mia)
    ]
    for attempt in (
        lambda: claim_application(application_id=application.pk, reviewer=max_, now=NOW),
        lambda: decide(application, max_),
    ):
        with pytest.raises(ConflictError) as caught:
            attempt()
        assert (caught.value.code, caught.value.message) == ("claimed", "Mia is looking at this one.")
    later = NOW + CLAIM_HOLDS
    assert claim_application(application_id=application.pk, reviewer=max_, now=later).claimed_by == max_
    with pytest.raises(ConflictError):
        decide(application, mia)


def test_reviewer_decides_on_the_name_they_saw(ada, mia):
    application = make_application(ada)
    seen = name_seen(ada)
    update_profile(user=ada, changes={"name": "Somebody Famous"}, now=NOW)
    with pytest.raises(ConflictError) as caught:
        decide(application, mia, seen=seen)
    assert (caught.value.code, has_badge(ada)) == ("renamed", False)
    assert decide(application, mia, seen="Somebody Famous @ada").name == "Somebody Famous"


def test_revoked_takes_the_badge_at_once_and_says_why(ada, mia, max_):
    application = verify(ada, mia)
    decision = revoke_badge(application_id=application.pk, reviewer=max_, reason="The site was sold.", now=NOW)
    assert (status_of(application), has_badge(ada)) == ("revoked", False)
    assert CreatorPage.objects.get(user=ada).standing == 0
    data = {
        "application_id": application.pk,
        "user_id": ada.pk,
        "decision_id": decision.pk,
        "reason": "The site was sold.",
    }
    assert facts(2) == [("influencers.verification.revoked", data, max_)]
    with pytest.raises(IllegalTransitionError):
        revoke_badge(application_id=application.pk, reviewer=max_, reason="Again.", now=NOW)


def test_revoking_needs_a_badge_and_a_reviewer(ada, ben, mia):
    application = make_application(ada)
    with pytest.raises(IllegalTransitionError):
        revoke_badge(application_id=application.pk, reviewer=mia, reason="No.", now=NOW)
    with pytest.raises(NotAllowedError):
        revoke_badge(application_id=application.pk, reviewer=ben, reason="No.", now=NOW)


@pytest.mark.parametrize("change", ["name", "handle"])
def test_new_name_or_handle_puts_the_badge_in_review(ada, mia, change):
    application = verify(ada, mia)
    later = NOW + timedelta(days=3)
    if change == "name":
        update_profile(user=ada, changes={"name": "Somebody Famous"}, now=later)
    else:
        change_handle(user=ada, handle="famous", now=later)
    stored = VerificationApplication.objects.get()
    assert (stored.status, stored.applied_at, has_badge(ada)) == ("review", later, False)
    assert CreatorPage.objects.get(user=ada).standing == 0
    data = {"application_id": application.pk, "user_id": ada.pk}
    assert facts(2) == [("influencers.verification.questioned", data, User.objects.get(pk=ada.pk))]
    decide(application, mia, reason="Still her.")
    assert (status_of(application), has_badge(ada)) == ("approved", True)


def test_other_changes_leave_the_badge(ada, mia):
    application = verify(ada, mia)
    update_profile(user=ada, changes={"bio": "New."}, now=NOW)
    assert (status_of(application), has_badge(ada)) == ("approved", True)


def test_in_review_one_cannot_ask_anew_but_may_withdraw(ada, mia):
    application = verify(ada, mia)
    update_profile(user=ada, changes={"name": "Other"}, now=NOW)
    with pytest.raises(ConflictError):
        make_application(ada)
    withdraw_application(application_id=application.pk, actor=ada, now=NOW)
    assert make_application(ada).status == "open"


def test_verified_cannot_ask_again(ada, mia):
    verify(ada, mia)
    with pytest.raises(ConflictError) as caught:
        make_application(ada)
    assert caught.value.message == "You have the badge already."


# --- Appeals


@pytest.fixture
def declined(ada, mia):
    return decide(make_application(ada), mia, approve=False, reason="Not enough.")


def test_appeal_once_a_decision(ada, declined):
    filed = appeal(decision_id=declined.pk, actor=ada, text="Look at my site.", now=NOW)
    data = {
        "application_id": declined.application_id,
        "user_id": ada.pk,
        "decision_id": declined.pk,
        "appeal_id": filed.pk,
    }
    assert facts(2) == [("influencers.verification.appealed", data, ada)]
    with pytest.raises(ConflictError) as caught:
        appeal(decision_id=declined.pk, actor=ada, text="Again.", now=NOW)
    assert caught.value.code == "already_appealed"


def test_appeal_of_a_stranger_is_about_nothing(ben, declined):
    with pytest.raises(VerificationDecision.DoesNotExist):
        appeal(decision_id=declined.pk, actor=ben, text="Hm.", now=NOW)


def test_there_is_nothing_to_object_to_an_approval(ada, mia):
    decision = verify(ada, mia).decisions.get()
    with pytest.raises(ConflictError) as caught:
        appeal(decision_id=decision.pk, actor=ada, text="Hm.", now=NOW)
    assert caught.value.code == "not_appealable"


def test_newer_decisions_and_requests_replace_what_could_be_appealed(ada, mia, max_, declined):
    application = verify(ada, mia)
    with pytest.raises(ConflictError) as caught:
        appeal(decision_id=declined.pk, actor=ada, text="Hm.", now=NOW)
    assert caught.value.code == "not_appealable"
    first = revoke_badge(application_id=application.pk, reviewer=mia, reason="No.", now=NOW)
    filed = appeal(decision_id=first.pk, actor=ada, text="Yes.", now=NOW)
    decide_appeal(appeal_id=filed.pk, reviewer=max_, overturn=True, answer="Right.", now=NOW)
    revoke_badge(application_id=application.pk, reviewer=mia, reason="No, again.", now=NOW)
    with pytest.raises(ConflictError) as caught:
        appeal(decision_id=first.pk, actor=ada, text="Yes.", now=NOW)
    assert caught.value.code == "not_appealable"


def test_first_reviewer_does_not_answer_the_appeal(ada, mia, declined):
    filed = appeal(decision_id=declined.pk, actor=ada, text="Look again.", now=NOW)
    with pytest.raises(NotAllowedError) as caught:
        decide_appeal(appeal_id=filed.pk, reviewer=mia, overturn=False, answer="No.", now=NOW)
    assert caught.value.code == "same_reviewer"
    filed.refresh_from_db()
    assert filed.state == AppealState.OPEN


def test_upheld_appeal_leaves_the_decision(ada, max_, declined):
    filed = appeal(decision_id=declined.pk, actor=ada, text="Look again.", now=NOW)
    with pytest.raises(ConflictError):
        make_application(ada)
    decide_appeal(appeal_id=filed.pk, reviewer=max_, overturn=False, answer="It stays.", now=NOW)
    filed.refresh_from_db()
    assert (filed.state, filed.decided_by, filed.answer, has_badge(ada)) == ("upheld", max_, "It stays.", False)
    data = {
        "application_id": declined.application_id,
        "user_id": ada.pk,
        "decision_id": declined.pk,
        "appeal_id": filed.pk,
        "is_overturned": False,
        "answer": "It stays.",
    }
    assert facts(3) == [("influencers.appeal.decided", data, max_)]
    with pytest.raises(ConflictError) as caught:
        decide_appeal(appeal_id=filed.pk, reviewer=max_, overturn=True, answer="Or not.", now=NOW)
    assert caught.value.message == "Max has answered already: The decision stands."


def test_overturned_appeal_gives_the_badge(ada, max_, declined):
    filed = appeal(decision_id=declined.pk, actor=ada, text="Look again.", now=NOW)
    decide_appeal(appeal_id=filed.pk, reviewer=max_, overturn=True, answer="You are right.", now=NOW)
    assert has_badge(ada)
    application = declined.application
    assert status_of(application) == "approved"
    assert list(application.decisions.values_list("kind", "reviewer__handle")) == [
        ("declined", "mia"),
        ("approved", "max"),
    ]


# --- Forgetting


def test_references_go_thirty_days_after_the_decision(ada, ben, mia):
    decided, waiting = verify(ada, mia), make_application(ben)
    assert forget_id_references(now=NOW + timedelta(days=30)) == 0
    assert forget_id_references(now=NOW + timedelta(days=30, seconds=1)) == 1
    decided.refresh_from_db()
    waiting.refresh_from_db()
    assert (decided.id_reference, waiting.id_reference) == ("", "P-123456")
