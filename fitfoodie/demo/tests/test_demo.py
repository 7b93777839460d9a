from collections import Counter
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db.models import Count, F, Q
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from chat.models import Conversation, Message
from chat.selectors.inbox import conversations_of, rows_of
from classes.models import Chain, ChainStaff, ClassType, Room, Rsvp, Series, Session, SessionRating, Studio
from classes.services.seats import recount
from fitfoodie.demo import world
from influencers.models import Collection, ContentDay, ContentView, CreatorPage, Post, VerificationApplication
from matching.models import FitnessProfile, Match, MatchAction
from matching.week import common
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
    *(Chain, FitnessProfile, Match, MatchAction),
    *(Conversation, Message),
)
_OF_CHAINS = (ChainStaff, Studio, Room, ClassType, Series, Session, Rsvp, SessionRating)
COUNTS = ("confirmed", "reserved", "waitlisted")
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


def test_demo_has_two_chains_with_twelve_weeks_of_classes(output):
    assert [(chain.name, chain.domain) for chain in Chain.objects.order_by("pk")] == [
        ("Limmat Movement", "limmat-movement.test"),
        ("Spree & Stahl", None),
    ]
    coach = User.objects.get(email="coach@demo.test")
    assert set(coach.chain_roles.values_list("role", flat=True)) == {"owner", "instructor"}
    # One account, staff of both.
    assert User.objects.get(email="tom@demo.test").chain_roles.values("chain").distinct().count() == 2
    assert Studio.objects.across_chains().count() == 5
    sessions = Session.objects.across_chains()
    now = timezone.now()
    assert sessions.filter(starts_at__lt=now).count() > 90
    assert sessions.filter(starts_at__gt=now + timedelta(weeks=5)).count() > 5
    assert sessions.filter(price=None).exists()
    assert sessions.exclude(price=None).exists()
    broken = [one.pk for one in sessions if recount(one) != {name: getattr(one, name) for name in COUNTS}]
    assert broken == []


def test_demo_classes_have_people_a_line_an_offer_and_stars(output):
    seats = Rsvp.objects.across_chains()
    maya = User.objects.get(email="maya@demo.test")
    assert seats.filter(user=maya, status="attended").count() >= 10
    assert seats.filter(user=maya, status="confirmed").exists()
    assert seats.get(user=maya, status="waitlisted").session.title == "Handstand Lab"
    assert seats.get(status="offered").user.email == "leo@demo.test"
    assert seats.filter(status="no_show").exists()
    assert ClassType.objects.across_chains().filter(rating_average__isnull=False).count() >= 8
    twice = seats.filter(status__in=("confirmed", "attended")).values("user", "session__starts_at")
    assert not twice.annotate(n=Count("pk")).filter(n__gt=1).exists()


def test_demo_has_a_crowd_to_meet_and_leo_is_still_to_be_met(output):
    maya, leo = (User.objects.get(email=f"{name}@demo.test") for name in ("maya", "leo"))
    assert FitnessProfile.objects.filter(is_ready=True, user__email__endswith="@crowd.demo.test").count() == 300
    assert Match.objects.filter(Q(low=maya) | Q(high=maya)).count() == 2
    assert not MatchAction.objects.filter(Q(actor=leo) | Q(target=leo)).exists()
    assert any(common(maya.fitness.week, leo.fitness.week))
    assert set(maya.fitness.skills) & set(leo.fitness.skills) == {"running", "yoga"}
    one = User.objects.filter(email__endswith="@crowd.demo.test").first()
    assert not one.has_usable_password()
    assert one.profile.city == "Zürich"


def test_demo_run_again_adds_nothing(output):
    before = {model: model._base_manager.count() for model in (*_COUNTED, *_OF_CHAINS)}
    call_command("demo", stdout=StringIO())
    assert {model: model._base_manager.count() for model in (*_COUNTED, *_OF_CHAINS)} == before
    assert authenticate(email="maya@demo.test", password=world.PASSWORD)


def test_people_talk_and_something_waits_to_be_read(output):
    maya = User.objects.get(email="maya@demo.test")
    rows = rows_of(conversations_of(maya).order_by("-last_message_at"), maya)
    assert [(row.other.handle, row.unread, row.is_open) for row in rows] == [
        ("nina_lakeside", 2, True),
        ("noor_quietly", 0, True),
    ]
