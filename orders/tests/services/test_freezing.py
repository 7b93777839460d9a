"""Earnings that stand still: why, who may let them go, and the one appeal (AFF-10)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail

from accounts.enums import Role
from accounts.tests.factories import UserFactory
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.events.models import Event
from influencers.enums import AppealState
from orders.models import Commission, EarningsAppeal, EarningsFreeze, Payout
from orders.services.commissions import approve_due_commissions
from orders.services.earnings_appeals import appeal_freeze, decide_appeal
from orders.services.freeze_letters import tell_answer, tell_frozen
from orders.services.freezing import follow_suspension, freeze_earnings, lift_freeze
from orders.services.payouts import mark_paid, request_final_payouts, request_payout
from orders.tasks import follow_suspension as follow_task
from orders.tasks import tell_of_freeze
from orders.tests.factories_affiliate import NOW, complete, make_link
from orders.tests.services.test_commissions import HOLDING, bought, refund
from orders.tests.services.test_payouts import owed_agrees, suspended, with_second_factor

LATER = NOW + HOLDING
MINUTE = timedelta(minutes=1)


def make_admin():
    return with_second_factor(UserFactory(roles_held=[Role.ADMIN]))


@pytest.fixture
def first(db):
    return make_admin()


@pytest.fixture
def second(db):
    return make_admin()


@pytest.fixture
def earned(sam, soup, ada, settings):
    """An approved commission of 1.00."""
    settings.PAYOUT_MINIMUM = Decimal("1.00")
    with_second_factor(ada)
    order, payment = bought(make_link(ada), sam, [soup])
    complete(order)
    approve_due_commissions(now=LATER)
    return payment


def statuses():
    return list(Commission.objects.order_by("pk").values_list("status", flat=True))


def freeze(creator, actor, reason="Bought followers"):
    return freeze_earnings(creator_id=creator.pk, actor=actor, reason=reason, now=LATER)


def appealed(creator, actor):
    return appeal_freeze(freeze_id=freeze(creator, actor).pk, text="They are real people", now=LATER)


def answer(appeal, actor, *, overturn):
    return decide_appeal(appeal_id=appeal.pk, actor=actor, overturn=overturn, answer="Looked again", now=LATER)


def fact(name):
    event = Event.objects.get(name=name)
    return event.actor, event.data


def test_staff_freeze_the_money_alone(ada, earned, first):
    asked = request_payout(creator=ada, currency="EUR", now=LATER)
    row = freeze(ada, first)
    asked.refresh_from_db()
    assert (statuses(), asked.status, row.cause) == (["frozen"], "refused", "staff")
    assert fact("orders.earnings.frozen") == (
        first,
        {"creator_id": ada.pk, "count": 1, "reason": "Bought followers", "freeze_id": row.pk},
    )
    with pytest.raises(NotAllowedError) as refused:
        request_payout(creator=ada, currency="EUR", now=LATER)
    assert (refused.value.code, owed_agrees(ada)) == ("earnings_frozen", Decimal("1.00"))


def test_earnings_are_frozen_once(ada, earned, first, second):
    freeze(ada, first)
    with pytest.raises(ConflictError) as refused:
        freeze(ada, second)
    assert refused.value.code == "already_frozen"


@pytest.mark.parametrize("who", ["sam", "ada"])
def test_only_staff_freeze_and_lift_and_never_their_own(who, request, ada, earned, first):
    actor = request.getfixturevalue(who)
    if who == "ada":
        actor.is_superuser = True
    with pytest.raises(NotAllowedError):
        freeze(ada, actor)
    row = freeze(ada, first)
    with pytest.raises(NotAllowedError):
        lift_freeze(freeze_id=row.pk, actor=actor, reason="Please", now=LATER)


def test_a_freeze_needs_a_reason(ada, earned, first):
    with pytest.raises(DomainError) as refused:
        freeze(ada, first, reason="  ")
    assert (refused.value.field, statuses()) == ("reason", ["approved"])


def test_lifted_earnings_go_back_to_where_they_stood(ada, earned, first):
    row = lift_freeze(freeze_id=freeze(ada, first).pk, actor=first, reason="A mistake of ours", now=LATER)
    assert (statuses(), row.lifted_at, row.lifted_by, row.lift_reason) == (
        ["approved"],
        LATER,
        first,
        "A mistake of ours",
    )
    assert fact("orders.earnings.unfrozen") == (
        first,
        {"creator_id": ada.pk, "count": 1, "reason": "A mistake of ours", "freeze_id": row.pk},
    )
    with pytest.raises(ConflictError) as refused:
        lift_freeze(freeze_id=row.pk, actor=first, reason="Again", now=LATER)
    assert (refused.value.code, owed_agrees(ada)) == ("not_frozen", Decimal("1.00"))


def test_what_is_refunded_while_it_is_frozen_stays_gone(ada, earned, first):
    row = freeze(ada, first)
    refund(earned, {0: Decimal("10.70")}, now=LATER)
    assert (statuses(), owed_agrees(ada)) == (["voided"], 0)
    lift_freeze(freeze_id=row.pk, actor=first, reason="A mistake of ours", now=LATER)
    assert (statuses(), owed_agrees(ada)) == (["voided"], 0)


def test_what_staff_froze_outlives_the_end_of_a_suspension(ada, earned, first):
    row = freeze(ada, first)
    follow_suspension(creator_id=suspended(ada).pk, actor=first, reason="Spam", key="event:1", now=LATER)
    ada.is_active = True
    ada.save()
    follow_suspension(creator_id=ada.pk, actor=first, reason="", key="event:2", now=LATER)
    assert (EarningsFreeze.objects.get(), statuses()) == (row, ["frozen"])


def test_somebody_who_never_earned_gets_no_freeze(sam):
    follow_suspension(creator_id=suspended(sam).pk, actor=None, reason="Spam", key="event:1", now=LATER)
    assert EarningsFreeze.objects.count() == 0


def test_the_task_keeps_who_suspended_and_why(ada, earned, first):
    suspended(ada)
    event = Event.objects.create(
        name="accounts.user.deactivated",
        actor=first,
        subject_type="accounts.user",
        subject_id=str(ada.pk),
        data={"user_id": ada.pk, "reason": "Spam"},
        occurred_at=LATER,
    )
    for _twice in range(2):
        follow_task(event_id=event.pk)
    row = EarningsFreeze.objects.get()
    assert (row.frozen_by, row.reason, row.cause, row.key) == (first, "Spam", "suspension", f"event:{event.pk}")


def test_an_appeal_is_filed_once(ada, earned, first):
    filed = appealed(ada, first)
    assert fact("orders.earnings.appealed") == (
        ada,
        {"appeal_id": filed.pk, "freeze_id": filed.freeze_id, "creator_id": ada.pk},
    )
    with pytest.raises(ConflictError) as refused:
        appeal_freeze(freeze_id=filed.freeze_id, text="Once more", now=LATER)
    assert (refused.value.code, EarningsAppeal.objects.count()) == ("already_appealed", 1)


@pytest.mark.parametrize(("text", "code"), [("", "reason_needed"), (" \n", "reason_needed"), ("x" * 2001, "too_long")])
def test_an_appeal_says_something_and_not_too_much(text, code, ada, earned, first):
    with pytest.raises(DomainError) as refused:
        appeal_freeze(freeze_id=freeze(ada, first).pk, text=text, now=LATER)
    assert (refused.value.code, refused.value.field) == (code, "text")


def test_there_is_nothing_to_object_to_once_it_is_lifted(ada, earned, first):
    row = lift_freeze(freeze_id=freeze(ada, first).pk, actor=first, reason="A mistake", now=LATER)
    with pytest.raises(ConflictError) as refused:
        appeal_freeze(freeze_id=row.pk, text="Too late", now=LATER)
    assert refused.value.code == "not_frozen"


def test_who_froze_does_not_answer_the_appeal_nor_does_the_creator(ada, earned, first):
    filed = appealed(ada, first)
    ada.is_superuser = True
    for actor in (first, ada, UserFactory()):
        with pytest.raises(NotAllowedError) as refused:
            answer(filed, actor, overturn=True)
        assert refused.value.code == "same_decider"
    assert (statuses(), EarningsAppeal.objects.get().state) == (["frozen"], AppealState.OPEN)


def test_an_appeal_that_is_refused_leaves_the_earnings_frozen(ada, earned, first, second):
    decided = answer(appealed(ada, first), second, overturn=False)
    assert (decided.state, decided.decided_by, decided.decided_at, decided.answer) == (
        AppealState.UPHELD,
        second,
        LATER,
        "Looked again",
    )
    assert fact("orders.earnings_appeal.decided") == (
        second,
        {
            "appeal_id": decided.pk,
            "freeze_id": decided.freeze_id,
            "creator_id": ada.pk,
            "is_overturned": False,
            "answer": "Looked again",
        },
    )
    with pytest.raises(ConflictError) as refused:
        answer(decided, second, overturn=True)
    assert (refused.value.code, statuses()) == ("already_decided", ["frozen"])


def test_an_appeal_needs_an_answer(ada, earned, first, second):
    with pytest.raises(DomainError) as refused:
        decide_appeal(appeal_id=appealed(ada, first).pk, actor=second, overturn=True, answer=" ", now=LATER)
    assert refused.value.field == "answer"


def test_an_appeal_that_is_granted_pays_out_though_the_account_stays_shut(ada, earned, first, second):
    follow_suspension(creator_id=suspended(ada).pk, actor=first, reason="Spam", key="event:1", now=LATER)
    assert request_final_payouts(now=LATER) == 0
    filed = appeal_freeze(freeze_id=EarningsFreeze.objects.get().pk, text="They are real", now=LATER)
    answer(filed, second, overturn=True)
    follow_suspension(creator_id=ada.pk, actor=first, reason="Spam", key="event:1", now=LATER + MINUTE)
    assert statuses() == ["approved"]
    assert (request_final_payouts(now=LATER), request_final_payouts(now=LATER)) == (1, 0)
    payout = Payout.objects.get()
    mark_paid(payout_id=payout.pk, actor=first, reference="x", now=LATER)
    assert (payout.amount, statuses(), owed_agrees(ada)) == (Decimal("1.00"), ["paid"], 0)


def test_an_account_that_opens_again_has_got_what_its_appeal_asked_for(ada, earned, first):
    follow_suspension(creator_id=suspended(ada).pk, actor=first, reason="Spam", key="event:1", now=LATER)
    filed = appeal_freeze(freeze_id=EarningsFreeze.objects.get().pk, text="They are real", now=LATER)
    ada.is_active = True
    ada.save()
    follow_suspension(creator_id=ada.pk, actor=first, reason="We were wrong", key="event:2", now=LATER)
    filed.refresh_from_db()
    assert (filed.state, filed.answer, statuses()) == (AppealState.OVERTURNED, "We were wrong", ["approved"])


def test_a_suspended_creator_is_told_by_letter_once_with_a_link_that_needs_no_account(client, ada, earned, first):
    follow_suspension(creator_id=suspended(ada).pk, actor=first, reason="Bought followers", key="event:1", now=LATER)
    event = Event.objects.get(name="orders.earnings.frozen")
    for _twice in range(2):
        tell_of_freeze(event_id=event.pk)
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([ada.email], "Your earnings are frozen")
    assert "Bought followers" in letter.body
    (address,) = [line for line in letter.body.splitlines() if line.startswith("http")]
    page = client.get(address.split("/", 3)[3].join(["/", ""]))
    assert (page.status_code, "Bought followers" in page.content.decode()) == (200, True)


@pytest.mark.parametrize(
    ("overturn", "sentence"), [(True, "your earnings are free."), (False, "your earnings stay frozen.")]
)
def test_the_answer_is_told_by_letter_once(overturn, sentence, ada, earned, first, second):
    answer(appealed(ada, first), second, overturn=overturn)
    event = Event.objects.get(name="orders.earnings_appeal.decided")
    for _twice in range(2):
        tell_of_freeze(event_id=event.pk)
    (letter,) = mail.outbox
    assert (letter.subject, sentence in letter.body, "Looked again" in letter.body) == (
        "Your appeal is answered",
        True,
        True,
    )


def test_letters_say_whether_they_went_out(ada, earned, first):
    row = freeze(ada, first)
    filed = appeal_freeze(freeze_id=row.pk, text="They are real", now=LATER)
    assert [tell_frozen(freeze_id=row.pk, now=LATER), tell_frozen(freeze_id=row.pk, now=LATER)] == [True, False]
    assert [tell_answer(appeal_id=filed.pk, now=LATER), tell_answer(appeal_id=filed.pk, now=LATER)] == [True, False]
