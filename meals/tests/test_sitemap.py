import pytest

from meals import services
from meals.tests.factories import NOW, make_creator, make_meal

pytestmark = pytest.mark.django_db


def test_sitemap_lists_what_strangers_may_see(client):
    ada = make_creator("ada")
    make_meal(ada, "Lentil soup", publish=True)
    make_meal(ada, "Draft")
    archived = make_meal(ada, "Archived", publish=True)
    services.archive_meal(meal_id=archived.pk, actor=ada, now=NOW)
    index = client.get("/sitemap.xml").content.decode()
    assert "/sitemap-meals.xml" in index
    section = client.get("/sitemap-meals.xml").content.decode()
    assert section.count("<url>") == 1
    assert "/meals/lentil-soup/</loc>" in section


def test_robots_are_told_where_the_sitemap_is(client, settings):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in answer.content.decode().splitlines()
    assert "Disallow: /admin/" in answer.content.decode().splitlines()
