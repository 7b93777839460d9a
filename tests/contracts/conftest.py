"""One small world that every described operation can be carried out in."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from allauth.headless.tokens.strategies.jwt import internal
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from drf_spectacular.settings import spectacular_settings

from accounts.models import User
from fitfoodie.search import services as search
from influencers.services.collections import create_collection
from influencers.services.verification import Evidence, apply_for_badge, decide_application
from meals import services
from meals.models import MealPhoto
from meals.tests.factories import NOW, make_creator, make_meal, make_user
from social.services.comment import write_comment
from tests.contracts.chatting import add_chat
from tests.contracts.ordering import add_ordering, add_posts
from tests.contracts.training import add_training


def access_token(user) -> str:
    """As an app holds it after signing in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return internal.create_access_token(user, session, {})


@pytest.fixture(scope="session")
def document():
    return spectacular_settings.DEFAULT_GENERATOR_CLASS().get_schema(request=None, public=True)


@pytest.fixture
def _no_limits(settings):
    settings.PAYOUT_MINIMUM = Decimal("0.10")
    settings.API_RATE_LIMITS = dict.fromkeys(settings.API_RATE_LIMITS, "1000000000/60")


@pytest.fixture
def world(db, _no_limits):
    return make_world()


def make_world():
    """Ada creates and asks; Ben creates too; an administrator looks after both."""
    ada, ben = make_creator("ada"), make_creator("ben")
    admin = User.objects.create_superuser("root@example.test", "x", handle="chief", name="Chief")
    mine = make_meal(ada, "Mine", tags=["Soup"])
    theirs = make_meal(ben, "Theirs", publish=True)
    review = services.write_review(meal_id=theirs.pk, author=ada, rating=4, text="Good.", now=NOW)
    photo = MealPhoto.objects.create(meal=mine, position=1, public_id="0123456789ab")
    comment = write_comment(row=theirs, author=ada, text="Made it tonight.", now=NOW)
    create_collection(user=ada, title="Shelf", now=NOW)
    asked = apply_for_badge(
        user=ben, evidence=Evidence(legal_name="Ben", statement="Me.", website="https://ben.example.org"), now=NOW
    )
    decide_application(application_id=asked.pk, reviewer=admin, approve=False, reason="No link.", now=NOW)
    search.rebuild("meals")
    made = SimpleNamespace(
        paths={},
        ada=ada,
        ben=ben,
        sam=make_user("sam"),
        admin=admin,
        mine=mine,
        theirs=theirs,
        review=review,
        photo=photo,
        comment=comment,
    )
    add_posts(made)
    add_ordering(made)
    add_training(made)
    add_chat(made)
    return made
