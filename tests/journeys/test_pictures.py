"""The pictures of the README, taken from the demo world. Written only when asked: `PICTURES=1 make journeys`."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from tests.journeys.person import DESK, PHONE
from tests.pages.catalogue import MEAL

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
LARGEST = 250_000  # bytes
COLOURS = 256
pytestmark = pytest.mark.skipif(not os.environ.get("PICTURES"), reason="PICTURES=1 writes docs/pictures anew")
VIEWS = {
    "home": ("", "/", DESK),
    "meal": ("", f"/meals/{MEAL}/", DESK),
    "phone": ("maya@demo.test", "/meals/", PHONE),
    "create": ("chef@demo.test", f"/create/meals/{MEAL}/", DESK),
    "admin": ("admin@demo.test", "/admin/meals/meal/", DESK),
}


@pytest.mark.parametrize("name", VIEWS)
def test_picture_is_taken(someone, name):
    email, address, viewport = VIEWS[name]
    person = someone(viewport=viewport, color_scheme="light", device_scale_factor=2 if viewport is PHONE else 1)
    if email:
        person.sign_in(email)
    page = person.goto(address)
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture.save(FOLDER / f"{name}.png", optimize=True)
    assert (FOLDER / f"{name}.png").stat().st_size < LARGEST
