from collections import Counter
from decimal import Decimal
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db.models import F, Q

from accounts.enums import Role
from accounts.models import User
from fitfoodie.demo import world
from influencers.models import Collection, ContentDay, ContentView, CreatorPage, Post, VerificationApplication
from meals.models import Meal, Review
from orders.enums import OrderStatus
from orders.models import AffiliateLink, Cart, Click, Commission, Movement, Order, Payout, PromoCode, Refund, Slot
from social.enums import ConnectionState
from social.models import Comment, Connection, FeedEntry, Follow, Like, Mention

pytestmark = pytest.mark.django_db

_COUNTED = (
    *(User, Meal, Review),
    *(Follow, Connection, Like, Comment, Mention, FeedEntry),
    *(Post, Collection, VerificationApplication, ContentDay, ContentView),
    *(AffiliateLink, Click, PromoCode, Cart, Order, Movement, Commission, Payout, Slot),
)
NAMED = ["maya", "leo", "chef", "coach", "mod", "admin"]


@pytest.fixture
def output(django_capture_on_commit_callbacks):
    out = StringIO()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("demo", stdout=out)
    return out.getvalue()


def test_demo_makes_the_people_that_clients_count_on(output):
    for key in NAMED:
        user = User.objects.get(email=f"{key}@demo.test")
        assert user.check_password(world.PASSWORD)
        assert EmailAddress.objects.filter(user=user, verified=True, primary=True).count() == 1
        assert user.email in output
    assert User.objects.get(email="admin@demo.test").is_superuser
    assert User.objects.get(email="mod@demo.test").has_role(Role.MODERATOR)
    assert User.objects.get(email="coach@demo.test").has_role(Role.INSTRUCTOR)
    chef = User.objects.get(email="chef@demo.test")
    assert chef.has_role(Role.CREATOR)
    assert chef.profile.is_verified


def test_demo_meals_are_public_and_their_nutrition_is_computed(output):
    meals = Meal.objects.public()
    assert meals.count() == len(world.meals()) == 40
    assert meals.values("creator").distinct().count() == 3
    unknown = [str(line) for meal in meals for line in meal.ingredients.all() if line.unknown_reason]
    assert unknown == []
    assert all(meal.calories and meal.has_complete_nutrition for meal in meals)
    assert sum(meal.has_complete_traits for meal in meals) >= 25


def test_demo_has_a_community(output):
    people = {user.email.partition("@")[0]: user for user in User.objects.all()}
    maya = people["maya"]
    assert Follow.objects.accepted().filter(follower=maya).count() == 6
    assert [one.asker_email for one in _waiting(maya)] == ["leo@demo.test"]
    assert people["noor"].profile.is_private
    assert Follow.objects.requested().filter(followee=people["noor"]).count() == 1
    assert Comment.objects.filter(is_pinned=True).count() == 2
    assert Comment.objects.exclude(parent=None).count() == 9
    assert Mention.objects.filter(person=maya).exists()


def _waiting(person):
    rows = Connection.objects.filter(state=ConnectionState.REQUESTED).exclude(requested_by=person)
    return rows.filter(Q(low=person) | Q(high=person)).annotate(asker_email=F("requested_by__email"))


def test_demo_creators_have_pages_posts_and_badges_in_every_state(output):
    states = Counter(Post.objects.values_list("status", flat=True))
    assert states == {"published": 12, "scheduled": 1, "draft": 1}
    assert Post.objects.values("author").distinct().count() == 4
    applications = Counter(VerificationApplication.objects.values_list("status", flat=True))
    assert applications == {"approved": 2, "declined": 1, "open": 1}
    assert CreatorPage.objects.exclude(headline="").count() == 4
    assert Collection.objects.filter(is_public=True).count() == 4


def test_feed_of_maya_is_full_and_as_old_as_what_it_shows(output):
    entries = FeedEntry.objects.filter(owner__email="maya@demo.test").order_by("-happened_at")
    assert entries.count() >= 30
    meal = Meal.objects.get(title="Salmon poke with edamame and mango")
    assert entries.get(item__subject_id=meal.pk, item__kind="meal").happened_at == meal.published_at


def test_demo_has_orders_in_each_state_and_books_that_are_right(output):
    states = Counter(Order.objects.values_list("status", flat=True))
    assert set(states) == set(OrderStatus.values)
    assert states["completed"] == 10
    assert Refund.objects.get(credit_note__isnull=False, payment__order__status="completed").amount == Decimal("8.50")
    assert {promo.code for promo in PromoCode.objects.filter(taken=F("capacity"))} == {"FIRST3"}
    assert set(Commission.objects.values_list("status", flat=True)) == {
        *("pending", "hold", "approved", "paid", "voided", "self_referral")
    }
    assert Payout.objects.get().status == "paid"
    assert not Authenticator.objects.exists()
    call_command("verify_ledger", stdout=StringIO())
    for order in Order.objects.all():
        moments = list(order.moves.values_list("moved_at", flat=True))
        assert moments == sorted(moments)


def test_demo_run_again_adds_nothing(output):
    before = {model: model.objects.count() for model in _COUNTED}
    call_command("demo", stdout=StringIO())
    assert {model: model.objects.count() for model in _COUNTED} == before
    assert authenticate(email="maya@demo.test", password=world.PASSWORD)
