"""Each fact of pages and collections with exactly what it says; who may write them; addresses that are taken."""

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from accounts.services.roles import grant_role
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.events.models import Event
from influencers import tasks
from influencers.models import Collection, CreatorPage
from influencers.services import collections
from influencers.services.page import update_page
from influencers.tests.factories_creators import NOW
from meals.tests.factories import make_meal
from social.models import SocialStats

pytestmark = pytest.mark.django_db


def facts():
    events = Event.objects.filter(name__regex=r"^influencers\.(page|collection)\.").order_by("pk")
    return [(event.name, event.data, event.actor) for event in events]


def test_page_says_which_fields_changed(ada):
    update_page(user=ada, changes={"headline": " Hi ", "about": "", "bio": "Me"}, now=NOW)
    update_page(user=ada, changes={"headline": "Hi"}, now=NOW)
    assert facts() == [("influencers.page.updated", {"user_id": ada.pk, "fields": ["headline"]}, ada)]


def test_page_is_the_creators_alone(ada, sam):
    with pytest.raises(NotAllowedError):
        update_page(user=sam, changes={"headline": "Hi"}, now=NOW)
    with pytest.raises(DomainError) as caught:
        update_page(user=ada, changes={"standing": 9}, now=NOW)
    assert caught.value.field == "standing"
    with pytest.raises(ValidationError):
        update_page(user=ada, changes={"headline": "Kept?", "about": "x" * 5001}, now=NOW)
    assert CreatorPage.objects.get(user=ada).headline == ""


def test_collection_facts(ada):
    make_meal(ada, "Soup")
    made = collections.create_collection(user=ada, title="Soups", now=NOW)
    changes = {"title": "All soups", "is_public": False, "meals": ["soup"]}
    collections.change_collection(collection_id=made.pk, user=ada, changes=changes, now=NOW)
    collections.change_collection(collection_id=made.pk, user=ada, changes=changes, now=NOW)
    collections.delete_collection(collection_id=made.pk, user=ada, now=NOW)
    base = {"collection_id": made.pk, "creator_id": ada.pk, "slug": "soups"}
    assert facts() == [
        ("influencers.collection.created", base | {"is_open": True}, ada),
        ("influencers.collection.updated", base | {"is_open": False, "fields": ["is_public", "meals", "title"]}, ada),
        ("influencers.collection.deleted", base, ada),
    ]


def test_addresses_are_unique_for_a_creator(ada, ben):
    for person in (ada, ben):
        collections.create_collection(user=person, title="Soups", now=NOW)
    second = collections.create_collection(user=ada, title="Soups", now=NOW)
    signs = collections.create_collection(user=ada, title="!!!", now=NOW)
    assert second.slug.startswith("soups-")
    assert len(signs.slug) == 12
    assert list(Collection.objects.filter(creator=ada).values_list("position", flat=True)) == [0, 1, 2]


def test_limits_and_strangers(ada, ben, monkeypatch):
    made = collections.create_collection(user=ada, title="Soups", now=NOW)
    with pytest.raises(Collection.DoesNotExist):
        collections.change_collection(collection_id=made.pk, user=ben, changes={"title": "Mine"}, now=NOW)
    with pytest.raises(DomainError):
        collections.change_collection(collection_id=made.pk, user=ada, changes={"slug": "x"}, now=NOW)
    slugs = [f"meal-{number}" for number in range(101)]
    with pytest.raises(ValidationError):
        collections.change_collection(collection_id=made.pk, user=ada, changes={"meals": slugs}, now=NOW)
    monkeypatch.setattr(collections, "MAX_COLLECTIONS", 1)
    with pytest.raises(ConflictError):
        collections.create_collection(user=ada, title="Stews", now=NOW)


def test_directory_follows_roles_and_followers(sam, ada):
    grant_role(user=sam, role=Role.CREATOR, actor=None, reason="Asked.", now=NOW)
    event = Event.objects.get(name="accounts.role.granted")
    SocialStats.objects.update_or_create(pk=sam.pk, defaults={"follower_count": 3})
    for _twice in range(2):
        tasks.place_creator_of_event(event_id=event.pk)
    assert CreatorPage.objects.get(user=sam).standing == 3
    tasks.place_creator_of_event(event_id=0)
    tasks.check_website_of_event(event_id=0)
    tasks.check_website(application_id=0)
    assert tasks.forget_id_references() == 0
