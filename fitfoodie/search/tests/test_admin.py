"""Saved searches in the back office: that somebody is told of them, and when. What they look for is theirs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import Role
from accounts.tests.factories import UserFactory
from fitfoodie.search.models import SavedSearch, SavedSearchTold

pytestmark = pytest.mark.django_db
LIST = "/admin/search/savedsearch/"


def saved(handle):
    now = timezone.now()
    search = SavedSearch.objects.create(
        owner=UserFactory(handle=handle), kind="classes", name="Sore knees", query={"q": ["sore knees"]},
        query_text="q=sore+knees", wants_alerts=True, last_looked_at=now, last_told_at=now,
    )  # fmt: skip
    SavedSearchTold.objects.create(search=search, day=now.date(), hits=7)
    return search


@pytest.fixture
def support(client):
    client.force_login(UserFactory(roles_held=[Role.SUPPORT], handle="support"))
    return client


def test_three_rows_cost_what_one_costs(support):
    saved("ada")
    support.get(LIST)
    with CaptureQueriesContext(connection) as one:
        assert "@ada" in support.get(LIST).content.decode()
    saved("ben")
    saved("cleo")
    with CaptureQueriesContext(connection) as three:
        support.get(LIST)
    assert len(three) == len(one)


def test_a_row_says_what_was_told_and_not_what_is_looked_for(support):
    search = saved("ada")
    page = support.get(f"{LIST}{search.pk}/change/").content.decode()
    assert ("7" in page, "sore" in page.lower(), 'name="_save"' in page) == (True, False, False)


def test_others_see_none_of_it(client):
    client.force_login(UserFactory(roles_held=[Role.MODERATOR]))
    assert client.get(LIST).status_code == 403
    client.force_login(UserFactory())
    assert client.get(LIST).status_code == 302
