import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.models import RoleChange, User
from accounts.services.handle import change_handle
from accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
REASON = {"reason": "Asked for it"}


@pytest.fixture
def person():
    return UserFactory(
        handle="mei", name="Mei Lin", profile__bio="Hi", profile__city="Graz", profile__allergies=["milk"]
    )


@pytest.fixture
def admin(client):
    admin = UserFactory(handle="boss", roles_held=[Role.ADMIN])
    client.force_login(admin)
    return admin


def test_stranger_and_member_and_owner_each_see_their_own(client, person):
    body = client.get("/api/v1/users/mei").json()
    assert (body["bio"], body["city"], body["allergies"]) == ("Hi", "", [])
    assert "email" not in body
    client.force_login(UserFactory())
    assert client.get("/api/v1/users/mei").json()["city"] == "Graz"
    client.force_login(person)
    assert client.get("/api/v1/users/mei").json()["allergies"] == ["milk"]


def test_old_handle_moves(client, person):
    change_handle(user=person, handle="mei_lin", now=timezone.now())
    response = client.get("/api/v1/users/mei")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/users/mei_lin")


@pytest.mark.parametrize("state", [{"is_active": False}, {"deletion_requested_at": timezone.now()}])
def test_who_is_gone_looks_like_nobody(client, state):
    UserFactory(handle="gone", **state)
    gone, nobody = client.get("/api/v1/users/gone"), client.get("/api/v1/users/nobody")
    assert (gone.status_code, nobody.status_code) == (404, 404)
    assert gone.json() | {"trace_id": ""} == nobody.json() | {"trace_id": ""}


@pytest.mark.parametrize("roles", [[], [Role.CREATOR], [Role.MODERATOR], [Role.SUPPORT]])
@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_only_administrators_manage_roles(client, person, roles, method):
    client.force_login(UserFactory(roles_held=roles))
    call = getattr(client, method)
    assert call("/api/v1/users/mei/roles", content_type="application/json").status_code == 403


def test_administrator_grants_and_removes(client, person, admin):
    url = "/api/v1/users/mei/roles"
    granted = client.put(url, {"role": "moderator", **REASON}, content_type="application/json")
    assert granted.status_code == 200
    assert granted.json()["roles"] == ["moderator", "user"]
    history = granted.json()["history"]
    assert [entry | {"changed_at": ""} for entry in history] == [
        {"role": "moderator", "is_grant": True, "reason": "Asked for it", "actor": "boss", "changed_at": ""}
    ]
    client.put(url, {"role": "moderator", **REASON}, content_type="application/json")
    assert RoleChange.objects.count() == 1
    removed = client.delete(url, {"role": "moderator", **REASON}, content_type="application/json")
    assert removed.json()["roles"] == ["user"]
    assert client.get(url).json() == removed.json()


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ({"role": "king", "reason": "x"}, "/role"),
        ({"role": "user", "reason": "x"}, "/role"),
        ({"role": "admin"}, "/reason"),
        ({"role": "admin", "reason": "  "}, "/reason"),
    ],
)
def test_wrong_request_names_the_field(client, person, admin, data, pointer):
    response = client.put("/api/v1/users/mei/roles", data, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == pointer


def test_last_administrator_stays(client, admin):
    response = client.delete("/api/v1/users/boss/roles", {"role": "admin", **REASON}, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (409, "last_admin")


def test_roles_of_nobody(client, admin):
    assert client.get("/api/v1/users/nobody/roles").status_code == 404


def test_role_loss_holds_on_the_next_request(client, person, admin):
    User.objects.get(pk=admin.pk).groups.clear()
    assert client.get("/api/v1/users/mei/roles").status_code == 403
