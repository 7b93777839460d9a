"""The demo world and a client for each role, for the pages of the product without a browser."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client, override_settings

from accounts.models import User
from fitfoodie.demo.services import make_world
from tests.pages.catalogue import SIGNS_IN_AS, VISITOR

# When the demo world was made.
AT = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def clients(django_db_setup, django_db_blocker):
    """Made once for a file of tests, in a transaction that is rolled back."""
    with django_db_blocker.unblock(), override_settings(SITE_GALLERY=True), transaction.atomic():
        make_world(now=AT)
        made = {VISITOR: Client(raise_request_exception=False)}
        for role, email in SIGNS_IN_AS.items():
            made[role] = Client(raise_request_exception=False)
            made[role].force_login(User.objects.get(email=email))
        yield made
        transaction.set_rollback(True)
