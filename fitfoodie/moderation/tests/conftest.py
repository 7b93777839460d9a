"""The cast: ada creates, sam says something wrong, eve and tom report, mod and mia look after the house."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.enums import Role
from accounts.models import User
from fitfoodie.events.models import Event
from fitfoodie.moderation.services.decide import Decision, decide_case
from fitfoodie.moderation.services.report import Complaint, file_report
from fitfoodie.moderation.targets import KINDS
from meals.services.reviews import write_review
from meals.tests.factories import make_creator, make_meal, make_moderator, make_user
from social.services.comment import write_comment


@pytest.fixture
def ada(db):
    return make_creator("ada")


@pytest.fixture
def sam(db):
    return make_user("sam")


@pytest.fixture
def eve(db):
    return make_user("eve")


@pytest.fixture
def mod(db):
    return make_moderator("mod", is_staff=True)


@pytest.fixture
def mia(db):
    return make_moderator("mia", is_staff=True)


@pytest.fixture
def boss(db):
    user = make_user("boss", is_staff=True)
    user.groups.add(Group.objects.get(name=Role.ADMIN.value))
    return user


@pytest.fixture
def soup(ada):
    return make_meal(ada, "Red lentil soup", publish=True)


@pytest.fixture
def comment(soup, sam):
    return write_comment(row=soup, author=sam, text="Buy pills", now=timezone.now())


@pytest.fixture
def review(soup, sam):
    return write_review(meal_id=soup.pk, author=sam, rating=1, text="Poison", now=timezone.now())


@pytest.fixture
def file():
    """The report of somebody (nobody: a visitor) about a thing."""

    def write(reporter, kind, row, category="spam", *, address="192.0.2.7", **said):
        report, _is_new = file_report(
            reporter=reporter or AnonymousUser(),
            target=KINDS[kind],
            row=row,
            complaint=Complaint(category=category, **said),
            address=address,
            now=timezone.now(),
        )
        return report

    return write


@pytest.fixture
def decide():
    def write(case, actor, outcome="removed", *, ground="spam", reason="It advertises.", **more):
        decision = Decision(outcome=outcome, ground=ground, reason=reason, **more)
        return decide_case(case_id=case.pk, actor=actor, decision=decision, now=timezone.now())

    return write


@pytest.fixture
def old_hand(db):
    """Somebody who is trusted: confirmed, and here for long."""

    def make(handle, *, days=15, **more):
        person = make_user(handle, **more)
        User.objects.filter(pk=person.pk).update(joined_at=timezone.now() - timedelta(days=days))
        return person

    return make


@pytest.fixture
def signed_in():
    def client(user):
        client = APIClient()
        client.force_login(user)
        return client

    return client


@pytest.fixture
def said(db):
    """(name, data, actor) of the facts of moderation so far."""

    def read(*names):
        events = Event.objects.filter(name__startswith="moderation.").order_by("pk")
        return [(event.name, event.data, event.actor) for event in events if not names or event.name in names]

    return read
