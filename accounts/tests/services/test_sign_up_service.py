import pytest
from django.db import IntegrityError

from accounts.auth.handles import suggest_handle
from accounts.models import FormerHandle, User
from accounts.services.sign_up import sign_up
from accounts.tests.factories import UserFactory
from fitfoodie.common.errors import ConflictError

pytestmark = pytest.mark.django_db


def test_address_taken_a_moment_ago():
    UserFactory(email="zoe@example.com")
    with pytest.raises(ConflictError) as caught:
        sign_up(user=User(email="Zoe@Example.com", name="Zoe"))
    assert (caught.value.code, caught.value.field) == ("email_taken", "email")


def test_chosen_handle_taken_a_moment_ago_gives_way():
    UserFactory(handle="zoe", email="other@example.com")
    user = sign_up(user=User(email="zoe@example.com", name="Zoe", handle="zoe"))
    assert user.handle == "zoe_2"


def test_name_is_made_from_the_address():
    assert sign_up(user=User(email="zoe.adler@example.com")).name == "zoe.adler"


@pytest.mark.parametrize(
    ("name", "email", "expected"),
    [
        ("Zoë O’Hara", "z@example.com", "zoe_ohara"),
        ("王小明", "xiaoming.w@example.com", "xiaoming_w"),
        ("王小明", "王@example.com", "member"),
        ("Admin", "a@example.com", "admin_2"),
        ("A" * 60, "a@example.com", "a" * 24),
        ("!!! -- !!!", "x@example.com", "member"),
        ("Al", "a@example.com", "al_2"),
    ],
)
def test_suggest_handle(name, email, expected):
    assert suggest_handle(name=name, email=email) == expected


def test_suggest_handle_passes_over_given_up_and_crowded_names():
    owner = UserFactory(handle="zoe")
    for number in (2, 3, 4, 5):
        FormerHandle.objects.create(user=owner, handle=f"zoe_{number}")
    assert suggest_handle(name="Zoe", email="z@example.com").startswith("zoe_")


def test_database_refuses_a_second_address_in_other_letters():
    UserFactory(email="zoe@example.com")
    with pytest.raises(IntegrityError):
        UserFactory(email="ZOE@example.com")
