from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.utils import timezone

from accounts import tasks
from accounts.enums import Role
from accounts.models import RoleChange, User
from accounts.services.deletion import GRACE_PERIOD, cancel_deletion, close_expired_accounts, request_deletion
from accounts.services.people import deactivate, reactivate, sign_out_everywhere
from accounts.services.roles import grant_role, remove_role
from accounts.tests.factories import PASSWORD, UserFactory
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def admin():
    return UserFactory(roles_held=[Role.ADMIN])


def sign_in(client, person):
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert client.get("/settings/").status_code == 200


def call(service, user, actor, reason="Spam"):
    return service(user=user, actor=actor, reason=reason, now=NOW)


def test_deactivated_person_is_out_on_the_next_request(client, admin):
    person = UserFactory()
    sign_in(client, person)
    call(deactivate, person, admin)
    assert client.get("/settings/").status_code == 302
    assert not UserSession.objects.filter(user=person).exists()
    event = Event.objects.get(name="accounts.user.deactivated")
    assert (event.data, event.actor) == ({"user_id": person.pk, "reason": "Spam"}, admin)
    call(deactivate, person, admin)
    assert Event.objects.filter(name="accounts.user.deactivated").count() == 1


def test_reactivated_person_is_back(client, admin):
    person = UserFactory(is_active=False)
    call(reactivate, person, admin)
    sign_in(client, person)
    assert Event.objects.get(name="accounts.user.reactivated").data == {"user_id": person.pk, "reason": "Spam"}
    call(reactivate, person, admin)
    assert Event.objects.filter(name="accounts.user.reactivated").count() == 1


def test_sign_out_everywhere(client, admin):
    person = UserFactory()
    sign_in(client, person)
    support = UserFactory(roles_held=[Role.SUPPORT])
    assert call(sign_out_everywhere, person, support, reason="Lost phone") == 1
    assert client.get("/settings/").status_code == 302
    assert Event.objects.get(name="accounts.session.ended").data["reason"] == "Lost phone"


@pytest.mark.parametrize("service", [deactivate, reactivate, sign_out_everywhere])
def test_reason_is_needed(service, admin):
    with pytest.raises(DomainError) as caught:
        call(service, UserFactory(), admin, reason=" ")
    assert caught.value.field == "reason"


@pytest.mark.parametrize("service", [deactivate, reactivate, sign_out_everywhere])
def test_not_oneself_not_above_and_not_without_the_right(service, admin):
    for actor, target in (
        (admin, admin),
        (UserFactory(), UserFactory()),
        (UserFactory(roles_held=[Role.SUPPORT]), admin),
        (UserFactory(roles_held=[Role.ADMIN], is_active=False), UserFactory()),
    ):
        with pytest.raises(NotAllowedError):
            call(service, target, actor)


def confirm(client):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def test_leaving_hides_and_signs_out_and_coming_back_restores(client):
    person = UserFactory(handle="mei")
    sign_in(client, person)
    confirm(client)
    assert "Type @mei to confirm" in client.post("/settings/data/delete", {"handle": "nope"}).content.decode()
    assert client.get("/@mei").status_code == 200
    response = client.post("/settings/data/delete", {"handle": "@mei"})
    assert (response.status_code, response.url) == (302, "/")
    assert client.get("/@mei").status_code == 404
    assert client.get("/settings/").status_code == 302
    assert Event.objects.get(name="accounts.deletion.requested").data == {
        "user_id": person.pk,
        "ends_on": (timezone.now() + GRACE_PERIOD).date().isoformat(),
    }
    sign_in(client, person)
    assert client.get("/@mei").status_code == 200
    assert Event.objects.get(name="accounts.deletion.cancelled").data == {"user_id": person.pk}


def test_leaving_by_the_api(client):
    person = UserFactory(handle="mei")
    url = "/api/v1/me"
    assert client.delete(url, {"handle": "mei"}, content_type="application/json").status_code in {401, 403}
    sign_in(client, person)
    confirm(client)
    wrong = client.delete(url, {"handle": "you"}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "/handle")
    response = client.delete(url, {"handle": "mei"}, content_type="application/json")
    assert (response.status_code, sorted(response.json())) == (202, ["ends_at", "requested_at"])
    assert client.get(url).status_code in {401, 403}


def test_asking_twice_keeps_the_first_day():
    person = UserFactory()
    request_deletion(user=person, handle=person.handle, now=NOW)
    request_deletion(user=person, handle=person.handle, now=NOW + timedelta(days=3))
    assert User.objects.get(pk=person.pk).deletion_requested_at == NOW
    assert Event.objects.filter(name="accounts.deletion.requested").count() == 1


def test_last_administrator_cannot_leave(admin):
    with pytest.raises(ConflictError) as caught:
        request_deletion(user=admin, handle=admin.handle, now=NOW)
    assert caught.value.code == "last_admin"


def test_after_the_grace_period_nobody_comes_back():
    late, early = UserFactory(deletion_requested_at=NOW - GRACE_PERIOD), UserFactory(deletion_requested_at=NOW)
    assert tasks.close_accounts() == 1
    assert [User.objects.get(pk=person.pk).is_active for person in (late, early)] == [False, True]
    assert close_expired_accounts(now=NOW) == 0
    assert not cancel_deletion(user=UserFactory(), now=NOW)


def test_person_is_told_of_a_role_once(admin, django_capture_on_commit_callbacks):
    person = UserFactory(name="Mei")
    with django_capture_on_commit_callbacks(execute=True):
        grant_role(user=person, role=Role.MODERATOR, actor=admin, reason="Knows <food>", now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        remove_role(user=person, role=Role.MODERATOR, actor=admin, reason="Moved on", now=NOW)
    granted, removed = mail.outbox
    assert (granted.to, granted.subject) == ([person.email], "You have a new role: Moderator")
    assert "Knows <food>" in granted.body
    assert "- Open the back office" in granted.body
    assert removed.subject == "You no longer have the role Moderator"
    assert RoleChange.objects.filter(told_at=None).count() == 0
    tasks.tell_role_changed(event_id=Event.objects.get(name="accounts.role.removed").pk)
    assert len(mail.outbox) == 2
