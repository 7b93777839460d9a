"""Every rendering of a paid link says so beside it (AFF-12, W8)."""

import pytest
from django.template import Context, Template
from django_cotton.compiler_regex import CottonCompiler

from fitfoodie.common.templatetags.paid_links import is_paid_link


@pytest.mark.parametrize(
    ("address", "is_paid"),
    [
        ("/r/soup", True),
        ("{site}/r/soup", True),
        ("{site}/r/soup?utm_source=x", True),
        ("{site}/r/soup/similar/", True),
        ("https://elsewhere.test/r/soup", False),
        ("/meals/r/soup", False),
        ("/recipes/", False),
        ("//[", False),
        ("", False),
        (None, False),
    ],
)
def test_paid_links_are_known_by_their_address(settings, address, is_paid):
    assert is_paid_link(address and address.format(site=settings.SITE_URL)) is is_paid


def test_component_cannot_be_drawn_without_the_words():
    text = CottonCompiler().process('<c-paid-link href="/r/soup">My soup</c-paid-link>')
    drawn = Template(text).render(Context())
    assert 'href="/r/soup"' in drawn
    assert drawn.index("My soup") < drawn.index("Paid link")


@pytest.mark.django_db
def test_paid_link_on_a_profile_says_so(client, ada, settings):
    ada.profile.links = [f"{settings.SITE_URL}/r/soup", "https://example.org/"]
    ada.profile.save()
    page = client.get("/@ada").content.decode().partition("<main")[2]
    assert page.count("Paid link") == 1
    assert page.index("/r/soup") < page.index("Paid link") < page.index("example.org")
