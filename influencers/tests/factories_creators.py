"""Creators, reviewers and their applications for tests, made by the same services as everywhere else."""

from datetime import UTC, datetime

from django.contrib.auth.models import Group

from accounts.enums import Role
from influencers.models import VerificationApplication
from influencers.services import verification
from influencers.services.standing import place_in_directory
from influencers.services.verification import Evidence
from meals.tests.factories import make_creator, make_user

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
EVIDENCE = Evidence(
    legal_name="Ada Lovelace",
    statement="I cook on television.",
    website="https://ada.example.org/",
    socials=["https://videos.example.org/@ada"],
    id_reference="P-123456",
)


def make_listed_creator(handle="", **fields):
    """A creator with the page that the worker makes after the role is given."""
    user = make_creator(handle, **fields)
    place_in_directory(user_id=user.pk)
    return user


def make_reviewer(handle="", role=Role.MODERATOR):
    """Somebody of staff, with the role as the back office gives it."""
    user = make_user(handle)
    user.groups.add(Group.objects.get(name=Role(role).value))
    return type(user).objects.get(pk=user.pk)


def make_application(user, **changes) -> VerificationApplication:
    evidence = Evidence(**{**EVIDENCE.__dict__, **changes})
    return verification.apply_for_badge(user=user, evidence=evidence, now=NOW)


def verify(user, reviewer):
    """The whole way to the badge; returns the application."""
    application = make_application(user)
    verification.decide_application(
        application_id=application.pk, reviewer=reviewer, approve=True, reason="It is her.", now=NOW
    )
    application.refresh_from_db()
    return application
