"""From a stranger to a creator whose meal is found, scaled and printed by somebody else."""

import io
import re

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.journeys.person import PHONE
from tests.journeys.product import wait_for

INGREDIENTS = "200 g red lentils, rinsed\n1 onion, chopped\n2 tbsp olive oil\n1 pinch of moon dust"
STEPS = "Fry the onion in the oil.\n\nAdd the lentils and 600 ml water, simmer for 20 minutes."


def drawn_photo():
    """A picture of a bowl, as large as a phone's."""
    picture = Image.new("RGB", (1600, 1200), "#d9c7a7")
    ImageDraw.Draw(picture).ellipse((300, 150, 1300, 1050), fill="#c4622d", outline="#fff8ee", width=40)
    kept = io.BytesIO()
    picture.save(kept, "JPEG")
    return {"name": "bowl.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def write_meal(page, title):
    page.goto("/create/meals/new/")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Ingredients").fill(INGREDIENTS)
    page.get_by_label("Method").fill(STEPS)


@pytest.fixture
def creator(someone):
    def make(handle, **options):
        person = someone(**options)
        person.join(handle)
        page = person.goto("/create/start/")
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="Start creating").click()
        expect(page).to_have_url(re.compile("/create/"))
        return person

    return make


def test_newcomer_publishes_a_meal_that_a_visitor_finds_scales_and_prints(someone):
    cook = someone(viewport=PHONE, has_touch=True)
    cook.join("nora_bakes")
    page = cook.goto("/settings/profile/")
    page.get_by_label("About me").fill("I bake after work.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Saved")
    page.goto("/@nora_bakes")
    expect(page.locator("main")).to_contain_text("I bake after work.")

    page.goto("/create/start/")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Start creating").click()
    page.get_by_role("link", name=re.compile("^(Write a meal|New meal|Write down a meal)$")).first.click()
    page.get_by_label("Title").fill("Copper lentil kedgeree")
    page.get_by_label("Ingredients").fill(INGREDIENTS)
    understood = page.locator("#understood")
    expect(understood).to_contain_text("3 of 4 ingredients count towards the figures.")
    expect(understood.locator("li.is-unknown")).to_contain_text(["moon dust"])
    page.get_by_label("Method").fill(STEPS)
    page.get_by_role("button", name="Save draft").click()

    expect(page.get_by_role("heading", name="Photos")).to_be_visible()
    page.get_by_label("Add photos").set_input_files(drawn_photo())
    page.get_by_role("button", name="Upload").click()
    expect(page.locator(".photo-grid img")).to_be_visible(timeout=30_000)
    page.get_by_label("What it shows").fill("A copper-coloured bowl")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_label("What it shows")).to_have_value("A copper-coloured bowl")
    page.get_by_role("button", name="Save and publish").click()
    expect(page).to_have_url(re.compile("/meals/copper-lentil-kedgeree/$"))

    guest = someone()
    page = guest.page
    wait_for("the meal to be found", lambda: found_by_misspelling(page))
    page.get_by_role("link", name="Copper lentil kedgeree").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Copper lentil kedgeree")
    photo = page.locator(".meal-cover img")
    expect(photo).to_have_attribute("alt", "A copper-coloured bowl")
    assert photo.evaluate("async (one) => { await one.decode(); return one.naturalWidth }") > 300

    servings = page.get_by_role("group", name="Servings")
    expect(page.locator("#ingredients")).to_contain_text("200 g")
    servings.get_by_role("link").last.click()
    expect(page.locator(".stepper-value")).to_have_text("3 servings")
    expect(page.locator("#ingredients")).to_contain_text("300 g")
    servings.get_by_role("link").last.click()
    expect(page.locator("#ingredients")).to_contain_text("400 g")

    page.goto(page.url.split("?")[0] + "print/?servings=4")
    expect(page.locator("article")).to_contain_text("4 servings")
    expect(page.locator("article")).to_contain_text("400 g")
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Back to the meal")).to_be_hidden()
    assert page.pdf().startswith(b"%PDF")


def found_by_misspelling(page):
    page.goto("/meals/?q=coper+lentl+kedgere")
    return page.get_by_role("link", name="Copper lentil kedgeree").count()


def test_conflict_of_two_devices_loses_nothing(creator, someone):
    first = creator("twin_cook")
    write_meal(first.page, "Twice told soup")
    first.page.get_by_role("button", name="Save draft").click()
    expect(first.page.get_by_role("heading", name="Photos")).to_be_visible()

    second = someone(storage_state=first.context.storage_state())
    second.goto(first.path())
    first.page.get_by_label("Notes").fill("From the first device.")
    first.page.get_by_role("button", name="Save draft").click()
    expect(first.page.locator(".toast")).to_contain_text("Saved")

    page = second.page
    page.get_by_label("In a sentence or two").fill("From the second device.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".conflict")).to_contain_text("saved somewhere else while you wrote")
    expect(page.locator(".conflict")).to_contain_text("From the first device.")
    expect(page.get_by_label("In a sentence or two")).to_have_value("From the second device.")
    page.get_by_label("Notes").fill("From the first device.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".conflict")).to_have_count(0)

    first.page.reload()
    expect(first.page.get_by_label("In a sentence or two")).to_have_value("From the second device.")
    expect(first.page.get_by_label("Notes")).to_have_value("From the first device.")


def test_wrong_input_comes_back_as_typed(creator):
    page = creator("slip_cook").page
    write_meal(page, "Soup of slips")
    page.get_by_label("Servings").fill("0")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Nothing you typed is lost.")).to_be_visible()
    expect(page.get_by_label("Servings")).to_be_focused()
    expect(page.get_by_label("Title")).to_have_value("Soup of slips")
    expect(page.get_by_label("Ingredients")).to_have_value(INGREDIENTS)
    expect(page.get_by_label("Method")).to_have_value(STEPS)


def test_double_click_makes_one_meal(creator):
    page = creator("swift_cook").page
    write_meal(page, "Only once stew")
    page.get_by_role("button", name="Save draft").dblclick()
    expect(page.get_by_role("heading", name="Photos")).to_be_visible()
    page.goto("/create/")
    expect(page.get_by_role("link", name="Only once stew")).to_have_count(1)
