"""Who was told what, in the back office."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import Role
from accounts.tests.factories import UserFactory
from fitfoodie.events.models import Event
from fitfoodie.notifications.models import Notification

pytestmark = pytest.mark.django_db
LIST = "/admin/notifications/notification/"


def told(handle):
    now = timezone.now()
    event = Event.objects.create(
        name="social.follow.created", subject_type="accounts.user", subject_id="1", data={}, occurred_at=now
    )
    return Notification.objects.create(
        user=UserFactory(handle=handle), event=event, kind="social.followed", created_at=now, mailed_at=now
    )


@pytest.fixture(params=[Role.SUPPORT, Role.ADMIN])
def staff(request, client):
    client.force_login(UserFactory(roles_held=[request.param], handle="staff"))
    return client


def test_three_rows_cost_what_one_costs_and_are_not_counted(staff):
    told("ada")
    staff.get(LIST)
    with CaptureQueriesContext(connection) as one:
        assert "@ada" in staff.get(LIST).content.decode()
    told("ben")
    told("cleo")
    with CaptureQueriesContext(connection) as three:
        staff.get(LIST)
    assert len(three) == len(one)
    counted = [each["sql"] for each in three if "COUNT(" in each["sql"] and "notifications_notification" in each["sql"]]
    assert counted == []


def test_a_row_leads_to_what_happened_and_cannot_be_changed(staff):
    row = told("ada")
    page = staff.get(f"{LIST}{row.pk}/change/").content.decode()
    assert f"/admin/events/event/{row.event_id}/change/" in page
    assert 'name="_save"' not in page
    assert staff.post(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_found_by_handle_and_kind(staff):
    told("ada")
    told("ben")
    found = staff.get(f"{LIST}?q=ada").content.decode()
    assert ("@ada" in found, "@ben" in found) == (True, False)
    assert "@ben" in staff.get(f"{LIST}?q=social.followed").content.decode()


def test_moderators_and_members_see_none_of_it(client):
    client.force_login(UserFactory(roles_held=[Role.MODERATOR]))
    assert client.get(LIST).status_code == 403
    client.force_login(UserFactory())
    assert client.get(LIST).status_code == 302
