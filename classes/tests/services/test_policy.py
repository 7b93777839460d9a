"""TEN-3: class type → studio → chain → platform."""

from decimal import Decimal

import pytest

from classes.models import Session
from classes.policies import Policy, from_json, resolve
from classes.services.policy import policy_for
from classes.tests.factories import make_chain, make_class_type, make_session, make_studio

pytestmark = pytest.mark.django_db


def test_without_a_word_of_anybody_the_platform_decides():
    assert policy_for(make_session()) == Policy()


def test_the_most_special_word_counts():
    chain = make_chain(late_cancel_minutes=60, grace_minutes=5, no_show_fee=Decimal(10), is_open_claim=True)
    studio = make_studio(chain, late_cancel_minutes=120, grace_minutes=0)
    kind = make_class_type(chain, late_cancel_minutes=180, is_open_claim=False)

    policy = policy_for(make_session(studio, class_type=kind))

    assert policy.late_cancel_minutes == 180
    # Nothing at all is a word too: no grace, no open claim.
    assert policy.grace_minutes == 0
    assert policy.is_open_claim is False
    assert policy.no_show_fee == Decimal(10)
    assert policy.offer_minutes == Policy().offer_minutes


def test_a_snapshot_says_the_same_when_read_again():
    policy = resolve([make_chain(late_cancel_fee=Decimal("7.50"), min_participants=4)])

    assert from_json(policy.as_json()) == policy
    assert from_json(policy.as_json() | {"of_a_later_version": 1}) == policy


def test_no_query_when_all_levels_came_along(django_assert_num_queries):
    made = make_session()
    session = Session.objects.in_chain(made.chain).select_related("class_type", "studio", "chain").get()

    with django_assert_num_queries(0):
        policy_for(session)
