"""The columns “Suspended” and “Deleted account” of “Across domains”, by the services that suspend and close (MOD-8)."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.services.deletion import GRACE_PERIOD, close_expired_accounts, request_deletion
from accounts.services.people import deactivate, reactivate
from classes.enums import RsvpStatus
from classes.models import Rsvp
from classes.tests.factories import make_rsvp, make_session
from fitfoodie.events.models import Event
from matching.enums import Verb
from matching.models import Match
from matching.services.actions import act
from matching.tests.factories import make_fitness
from meals.tests.factories import make_user
from social.models import Connection, Follow, SocialStats
from social.services.connection import accept_connection, request_connection
from social.services.follow import follow_person


@pytest.fixture
def town(db):
    """Ada and Ben follow each other, are friends and a match; Ada has the only seat of a class for which Cid waits."""
    now = timezone.now()
    ada, ben, cid = make_user("ada"), make_user("ben"), make_user("cid")
    follow_person(follower=ada, person_id=ben.pk, now=now)
    follow_person(follower=ben, person_id=ada.pk, now=now)
    request_connection(asker=ada, person_id=ben.pk, now=now)
    accept_connection(person=ben, asker_id=ada.pk, now=now)
    for person in (ada, ben):
        make_fitness(person)
    for one, other in ((ada, ben), (ben, ada)):
        act(actor=one, target_id=other.pk, verb=Verb.LIKE, now=now)
    session = make_session(starts_at=now + timedelta(days=3), capacity=1)
    make_rsvp(session, ada)
    make_rsvp(session, cid, RsvpStatus.WAITLISTED)
    admin = User.objects.create_superuser("root@example.test", "x", handle="chief", name="Chief")
    return SimpleNamespace(ada=ada, ben=ben, admin=admin, session=session, now=now)


@pytest.fixture
def carried_out(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def seats(town):
    rows = Rsvp.objects.across_chains().filter(session=town.session).order_by("pk")
    return [(row.user.handle, row.status) for row in rows.select_related("user")]


def shown_to_ben(town):
    """Which of Ben's own lists name Ada."""
    client = Client()
    client.force_login(town.ben)
    addresses = {
        "match": "/partners/matches/",
        "friend": "/people/",
        "followed": "/people/?tab=following",
        "follower": "/people/?tab=followers",
    }
    return {name for name, address in addresses.items() if "Ada" in client.get(address).content.decode()}


def totals_of(person):
    found = SocialStats.objects.get(pk=person.pk)
    return found.follower_count, found.following_count, found.friend_count


def test_suspension_hides_and_pauses_and_gives_seats_on(town, carried_out):
    assert shown_to_ben(town) == {"match", "friend", "followed", "follower"}
    with carried_out():
        deactivate(user=town.ada, actor=town.admin, reason="Spam.", now=town.now)
    assert seats(town) == [("ada", RsvpStatus.CANCELLED), ("cid", RsvpStatus.CONFIRMED)]
    assert shown_to_ben(town) == set()
    assert (Match.objects.get().ended_at, Follow.objects.count(), Connection.objects.count()) == (None, 2, 1)


def test_undone_suspension_brings_back_all_but_the_seat(town, carried_out):
    with carried_out():
        deactivate(user=town.ada, actor=town.admin, reason="Spam.", now=town.now)
    with carried_out():
        reactivate(user=town.ada, actor=town.admin, reason="Appealed.", now=town.now)
    assert shown_to_ben(town) == {"match", "friend", "followed", "follower"}
    assert seats(town) == [("ada", RsvpStatus.CANCELLED), ("cid", RsvpStatus.CONFIRMED)]


def test_leaving_gives_seats_on_and_hides(town, carried_out):
    with carried_out():
        request_deletion(user=town.ada, handle="ada", now=town.now)
    assert seats(town) == [("ada", RsvpStatus.CANCELLED), ("cid", RsvpStatus.CONFIRMED)]
    assert shown_to_ben(town) == set()
    assert (Match.objects.get().ended_at, Follow.objects.count(), Connection.objects.count()) == (None, 2, 1)


def test_closed_account_ends_match_follows_and_friendship(town, carried_out):
    with carried_out():
        request_deletion(user=town.ada, handle="ada", now=town.now)
    with carried_out():
        assert close_expired_accounts(now=town.now + GRACE_PERIOD) == 1
    assert shown_to_ben(town) == set()
    assert Match.objects.get().ended_at is not None
    assert (Follow.objects.count(), Connection.objects.count()) == (0, 0)
    assert (totals_of(town.ada), totals_of(town.ben)) == ((0, 0, 0), (0, 0, 0))
    facts = Event.objects.filter(name__in=["social.follow.removed", "social.connection.removed"])
    assert [event.data["cause"] for event in facts] == ["left"] * 3
