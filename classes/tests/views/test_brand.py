"""N125: on its own domain a chain shows itself and nobody else."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import UserFactory
from classes.middleware import BrandMiddleware
from classes.models import Session, Studio
from classes.selectors.brand import brand_of
from classes.services.chains import edit_chain
from classes.tenancy import chain_here, under_domain
from classes.tests.factories import make_chain, make_session, make_studio

pytestmark = pytest.mark.django_db
HOST = "limmat.example"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


@pytest.fixture
def chain():
    return make_chain(domain=HOST, colour="#1F6B45")


@pytest.fixture
def other():
    return make_chain("Spree Strength", slug="spree")


def soon():
    return timezone.now() + timedelta(days=1)


def page(client, url, host=HOST):
    return client.get(url, headers={"host": host})


def test_the_public_page_shows_studios_and_classes(client, chain):
    session = make_session(make_studio(chain, "Lake House"), starts_at=soon(), title="Dawn run")
    make_studio(chain, "Shut", is_active=False)

    text = client.get(reverse("classes:chain", args=[chain.slug])).content.decode()

    assert "Lake House" in text
    assert "Dawn run" in text
    assert "Shut" not in text
    assert session.class_type.title in text
    assert 'fill="#1F6B45"' in text


def test_an_unknown_or_closed_chain_is_not_there(client, other):
    other.is_active = False
    other.save()

    assert client.get(reverse("classes:chain", args=["nobody"])).status_code == 404
    assert client.get(reverse("classes:chain", args=["spree"])).status_code == 404


def test_its_own_domain_carries_its_name(client, chain):
    text = page(client, reverse("classes:chain", args=[chain.slug])).content.decode()

    assert f'<span class="wordmark-text">{chain.name}</span>' in text
    assert f"<title>{chain.name} · {chain.name}</title>" in text
    # On the domain of the house it is a page like others.
    assert (
        f'<span class="wordmark-text">{chain.name}</span>'
        not in client.get(reverse("classes:chain", args=[chain.slug])).content.decode()
    )


def test_on_its_domain_there_is_no_other_chain(client, chain, other):
    mine = make_session(make_studio(chain), starts_at=soon(), title="Ours")
    theirs = make_session(make_studio(other, "Dock"), starts_at=soon(), title="Theirs")
    studio = reverse("classes:studio", args=["spree", "dock"])

    assert page(client, theirs.get_absolute_url()).status_code == 404
    assert page(client, studio).status_code == 404
    assert page(client, reverse("classes:chain", args=["spree"])).status_code == 404
    listed = page(client, reverse("classes:list")).content.decode()
    assert "Ours" in listed
    assert "Theirs" not in listed

    assert page(client, mine.get_absolute_url()).status_code == 200
    assert client.get(theirs.get_absolute_url()).status_code == 200
    assert client.get(studio).status_code == 200


def test_every_public_read_is_narrowed(chain, other):
    make_session(make_studio(chain)), make_session(make_studio(other))

    with under_domain(lambda: chain.pk):
        assert {row.chain_id for row in Session.objects.open_to_all()} == {chain.pk}
        assert {row.chain_id for row in Studio.objects.open_to_all()} == {chain.pk}
    assert chain_here() is None
    assert Session.objects.open_to_all().count() == 2


def test_one_query_for_a_minute(chain, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert {brand_of(name).name for name in (HOST, "LIMMAT.example", f"{HOST}:8000", f"{HOST}.")} == {chain.name}
    with django_assert_num_queries(1):
        assert [brand_of("nobody.example") for _again in range(3)] == [None] * 3


def test_a_page_that_does_not_ask_costs_nothing(settings, django_assert_num_queries):
    settings.SITE_URL = "https://house.example"
    seen = {}

    def answer(request):
        seen["brand"] = bool(request.brand) if "house" in request.get_host() else None
        return chain_here() if "house" in request.get_host() else None

    middleware = BrandMiddleware(answer)
    with django_assert_num_queries(0):
        assert middleware(RequestFactory().get("/", headers={"host": "house.example"})) is None
        middleware(RequestFactory().get("/", headers={"host": HOST}))
    assert seen["brand"] is None


def test_a_change_counts_at_once(chain, django_capture_on_commit_callbacks):
    house = UserFactory(is_superuser=True)
    assert brand_of(HOST).chain_id == chain.pk

    with django_capture_on_commit_callbacks(execute=True):
        edit_chain(
            actor=house, chain_id=chain.pk, changes={"domain": "new.example"}, reason="Moved.", now=timezone.now()
        )

    assert brand_of(HOST) is None
    assert brand_of("new.example").slug == chain.slug


def test_a_closed_chain_has_no_domain(chain):
    chain.is_active = False
    chain.save()

    assert brand_of(HOST) is None
