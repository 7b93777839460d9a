"""A statement that is compiled once answers as its queryset does, whatever it is told."""

import pytest
from django.db.models import BigIntegerField, CharField, Exists, OuterRef

from accounts.models import Preferences, User
from accounts.tests.factories import UserFactory
from fitfoodie.common.statements import Given, compiled

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return UserFactory(handle="ada", name="Ada")


@pytest.fixture
def leo():
    return UserFactory(handle="leo", name="Leo")


def test_rows_are_those_of_whatever_is_told(ada, leo):
    statement = compiled(User.objects.filter(handle=Given("handle", CharField())).values_list("pk", "name"))
    assert [statement.rows(handle=handle) for handle in ("ada", "leo", "nobody")] == [
        [(ada.pk, "Ada")],
        [(leo.pk, "Leo")],
        [],
    ]


def test_rows_are_converted_as_the_fields_say(ada):
    rows = User.objects.filter(pk=Given("pk", BigIntegerField())).values_list("joined_at", "profile__sports", "pk")
    assert compiled(rows).rows(pk=ada.pk) == [(ada.joined_at, ada.profile.sports, ada.pk)]


def test_several_places_may_hold_the_same_value(ada, leo):
    same = Given("pk", BigIntegerField())
    rows = User.objects.filter(pk=same, preferences__user_id=same).values_list("handle")
    assert compiled(rows).rows(pk=leo.pk) == [("leo",)]


def test_a_list_of_places_is_a_list_of_values(ada, leo):
    ids = [Given(f"id_{place}", BigIntegerField()) for place in range(2)]
    rows = User.objects.filter(pk__in=ids).order_by("handle").values_list("handle")
    assert compiled(rows).rows(id_0=leo.pk, id_1=ada.pk) == [("ada",), ("leo",)]


def test_instances_come_with_what_was_selected_and_annotated(ada, django_assert_num_queries):
    has = Exists(Preferences.objects.filter(user=OuterRef("pk")))
    people = User.objects.select_related("profile__photo", "preferences").annotate(has_preferences=has)
    statement = compiled(people.filter(pk=Given("pk", BigIntegerField())))
    with django_assert_num_queries(1):
        (found,) = statement.instances(pk=ada.pk)
        assert (found, found.name, found.profile, found.preferences) == (ada, "Ada", ada.profile, ada.preferences)
        assert (found.profile.photo, bool(found.has_preferences)) == (None, True)
    assert found._state.adding is False


def test_conditions_that_hold_of_nothing_ask_nothing(ada, django_assert_num_queries):
    statement = compiled(User.objects.filter(pk__in=[]))
    with django_assert_num_queries(0):
        assert (statement.rows(), statement.instances()) == ([], [])


def test_rows_of_columns_are_no_instances(ada):
    assert compiled(User.objects.values_list("pk")).instances() == []


def test_a_value_that_was_not_told_is_an_error(ada):
    with pytest.raises(KeyError, match="pk"):
        compiled(User.objects.filter(pk=Given("pk", BigIntegerField()))).rows()
