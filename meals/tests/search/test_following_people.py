"""The index follows people too: what nobody may find is not in it, and comes back with them."""

import pytest

from accounts.services.people import deactivate, reactivate
from accounts.tests.factories import UserFactory
from fitfoodie.search import services as search
from meals.models import Meal
from meals.tests.factories import NOW, make_creator, make_meal
from social.services.privacy import change_privacy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def soup():
    return make_meal(make_creator("ada"), "Lentil soup", publish=True)


def found(text="lentil"):
    return [hit.id for hit in search.search("meals", text).hits]


def change_title(meal, title):
    Meal.objects.filter(pk=meal.pk).update(title=title)


def test_meals_of_who_closes_their_profile_leave_and_come_back_as_they_now_are(soup):
    assert found() == [soup.pk]
    change_privacy(person=soup.creator, is_private=True, now=NOW)
    assert found() == []
    change_title(soup, "Pumpkin soup")
    change_privacy(person=soup.creator, is_private=False, now=NOW)
    assert found("pumpkin") == [soup.pk]


def test_meals_of_who_is_suspended_leave_and_come_back_as_they_now_are(soup):
    staff = UserFactory(is_superuser=True)
    deactivate(user=soup.creator, actor=staff, reason="Advert", now=NOW)
    assert found() == []
    change_title(soup, "Pumpkin soup")
    reactivate(user=soup.creator, actor=staff, reason="A mistake", now=NOW)
    assert found("pumpkin") == [soup.pk]
