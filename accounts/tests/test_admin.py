import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.enums import Role
from accounts.models import RoleChange, User
from accounts.services.handle import change_handle
from accounts.tests.factories import UserFactory
from fitfoodie.events.models import Event

pytestmark = pytest.mark.django_db
LIST = "/admin/accounts/user/"


@pytest.fixture
def admin(client):
    admin = UserFactory(handle="boss", roles_held=[Role.ADMIN])
    client.force_login(admin)
    return admin


def ask(client, person, action, **data):
    return client.post(f"{LIST}{person.pk}/{action}/ask", data)


def test_people_are_found_by_name_email_and_any_handle(client, admin):
    person = UserFactory(handle="mei", name="Mei Lin", email="mei@example.org")
    UserFactory(name="Somebody else")
    change_handle(user=person, handle="mei_lin", now=timezone.now())
    for words in ("mei@example.org", "Mei Lin", "mei_lin"):
        html = client.get(LIST, {"q": words}).content.decode()
        assert "Mei Lin" in html
        assert "Somebody else" not in html


def test_people_are_filtered_by_role_and_state(client, admin):
    UserFactory(name="Moe", roles_held=[Role.MODERATOR])
    UserFactory(name="Lea", deletion_requested_at=timezone.now())
    assert "Lea" not in client.get(LIST, {"role": "moderator"}).content.decode()
    assert "Moe" in client.get(LIST, {"role": "moderator"}).content.decode()
    assert "Moe" not in client.get(LIST, {"leaving": "yes"}).content.decode()
    assert "Lea" in client.get(LIST, {"leaving": "yes"}).content.decode()


def test_people_cost_the_same_queries_however_many(client, admin, django_assert_max_num_queries):
    UserFactory.create_batch(3, roles_held=[Role.CREATOR])
    with django_assert_max_num_queries(12):
        client.get(LIST)
    UserFactory.create_batch(10, roles_held=[Role.CREATOR])
    with django_assert_max_num_queries(12):
        client.get(LIST)


def test_full_picture_shows_roles_and_hides_health(client, admin):
    person = UserFactory(profile__allergies=["milk"], profile__bio="My bio")
    ask(client, person, "grant", role="creator", reason="Asked for it")
    html = client.get(f"{LIST}{person.pk}/change/").content.decode()
    assert "Asked for it" in html
    assert "My bio" in html
    assert "milk" not in html.lower()


def test_role_is_granted_and_removed_with_a_reason(client, admin):
    person = UserFactory()
    assert client.get(f"{LIST}{person.pk}/grant/").status_code == 302
    assert client.get(f"{LIST}{person.pk}/grant/ask").status_code == 200
    assert ask(client, person, "grant", role="moderator", reason="").status_code == 200
    assert not RoleChange.objects.exists()
    response = ask(client, person, "grant", role="moderator", reason="Knows the guidelines")
    assert (response.status_code, response.url) == (302, f"{LIST}{person.pk}/change/")
    assert User.objects.get(pk=person.pk).has_role(Role.MODERATOR)
    ask(client, person, "remove", role="moderator", reason="Moved on")
    assert list(RoleChange.objects.values_list("is_grant", "reason", "actor")) == [
        (True, "Knows the guidelines", admin.pk),
        (False, "Moved on", admin.pk),
    ]


def test_refusal_is_shown_in_the_services_words(client, admin):
    response = ask(client, admin, "remove", role="admin", reason="Had enough")
    assert "This is the last administrator" in response.content.decode()
    assert User.objects.get(pk=admin.pk).has_role(Role.ADMIN)


def test_person_is_deactivated_signed_out_and_let_in_again(client, admin):
    person = UserFactory()
    ask(client, person, "deactivate", reason="Spam")
    assert not User.objects.get(pk=person.pk).is_active
    ask(client, person, "reactivate", reason="A mistake")
    assert User.objects.get(pk=person.pk).is_active
    assert ask(client, person, "sign-out", reason="Lost phone").status_code == 302
    assert list(Event.objects.order_by("id").values_list("name", flat=True)) == [
        "accounts.user.deactivated",
        "accounts.user.reactivated",
    ]


def test_moderator_looks_but_does_not_act(client):
    client.force_login(UserFactory(roles_held=[Role.MODERATOR]))
    person = UserFactory()
    assert client.get(LIST).status_code == 200
    assert client.get(f"{LIST}{person.pk}/change/").status_code == 200
    assert ask(client, person, "grant", role="creator", reason="x").status_code == 403
    assert client.post(f"{LIST}{person.pk}/delete/", {"post": "yes"}).status_code == 403


def test_action_on_nobody_is_not_found(client, admin):
    assert client.get(f"{LIST}999999/grant/ask").status_code == 404


def test_roles_are_spelled_out(client, admin):
    html = client.get("/admin/auth/group/").content.decode()
    assert "Take meals, photos and reviews down" in html
    group = Group.objects.get(name=Role.SUPPORT)
    assert "accounts.sign_out_user" in client.get(f"/admin/auth/group/{group.pk}/change/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/accounts/rolechange/",
        "/admin/accounts/formerhandle/",
        "/admin/account/emailaddress/",
        "/admin/usersessions/usersession/",
        "/admin/events/event/",
    ],
)
def test_list_opens_and_adds_nothing(client, admin, address):
    change_handle(user=UserFactory(), handle="another", now=timezone.now())
    assert client.get(address).status_code == 200
    if address != "/admin/":
        assert client.get(f"{address}add/").status_code == 403


def test_events_are_found_by_subject_and_name(client, admin):
    person, other = UserFactory(), UserFactory()
    change_handle(user=person, handle="first_one", now=timezone.now())
    change_handle(user=other, handle="second_one", now=timezone.now())
    about = {"subject_type": "accounts.user", "subject_id": person.pk}
    html = client.get("/admin/events/event/", about).content.decode()
    assert f"/admin/accounts/user/{person.pk}/change/" in html
    assert f"/admin/accounts/user/{other.pk}/change/" not in html
    assert "Handle changed" in client.get("/admin/events/event/", {"name": "accounts.handle.changed"}).content.decode()
    waiting = client.get("/admin/events/event/", {"dispatch": "waiting"})
    assert waiting.status_code == 200
    event = Event.objects.latest("pk")
    assert "second_one" in client.get(f"/admin/events/event/{event.pk}/change/").content.decode()


def test_only_the_back_office_loosens_the_policy(client, admin):
    assert "unsafe-eval" in client.get(LIST)["Content-Security-Policy"]
    assert "unsafe-eval" not in client.get("/settings/")["Content-Security-Policy"]
