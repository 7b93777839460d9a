from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from social.card import Face, draw_card


def url(meal, name="card.png"):
    return f"/reactions/meals.meal/{meal.public_id}/{name}"


def test_card_is_a_png_of_the_right_size_that_may_be_cached(client, soup):
    answer = client.get(url(soup))
    image = Image.open(BytesIO(answer.content))
    image.verify()
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    again = client.get(url(soup), headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Set-Cookie" not in answer.headers


def test_card_changes_with_the_title(client, soup):
    before = client.get(url(soup)).headers["ETag"]
    type(soup).objects.filter(pk=soup.pk).update(title="Another soup")
    assert client.get(url(soup)).headers["ETag"] != before


def test_private_meal_has_no_card_not_even_for_its_creator(client, ada, draft):
    client.force_login(ada)
    assert [client.get(url(draft, name)).status_code for name in ("card.png", "qr.svg")] == [404, 404]


@pytest.mark.parametrize("title", ["Soup", "A very long title of a dish " * 12, "番茄炒蛋配米饭" * 12, "x" * 300, ""])
def test_any_title_fits(title):
    face = Face(title=title, person="Ada " * 60, figures=(("512", "kcal"), ("≥ 31", "g protein"), ("25", "min")))
    assert Image.open(BytesIO(draw_card(face))).size == (1200, 630)


def test_qr_code_is_a_drawing_that_may_be_cached(client, soup):
    answer = client.get(url(soup, "qr.svg"))
    root = ET.fromstring(answer.content)
    assert (answer.headers["Content-Type"], root.tag.endswith("svg")) == ("image/svg+xml", True)
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
