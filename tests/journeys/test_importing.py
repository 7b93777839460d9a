"""A recipe from somewhere else, pasted, looked at, published."""

import json
import re

from playwright.sync_api import expect

from tests.journeys.test_every_page import violations

RECIPE = {
    "@context": "https://schema.org",
    "@type": "Recipe",
    "name": "Grandmother's barley soup",
    "author": {"@type": "Person", "name": "Greta Wald"},
    "url": "https://greta.example/barley-soup",
    "recipeYield": "4 servings",
    "totalTime": "PT50M",
    "recipeIngredient": ["150 g pearl barley", "2 carrots, diced", "1 l water", "3 glimmers of hope"],
    "recipeInstructions": [{"@type": "HowToStep", "text": "Simmer everything for 45 minutes."}],
}


def test_pasted_recipe_becomes_a_draft_that_says_what_it_did_not_understand(someone):
    cook = someone()
    cook.sign_in("chef@demo.test")
    page = cook.goto("/create/import/")
    page.get_by_label(re.compile("JSON-LD")).first.fill(json.dumps(RECIPE))
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(RECIPE["name"])
    expect(page.locator("main")).to_contain_text("Greta Wald")
    expect(page.locator(".message")).to_contain_text(["3 glimmers of hope"])
    assert violations(page) == []
    preview = page.url

    page.get_by_role("link", name="Keep and edit").click()
    expect(page.get_by_label("Title")).to_have_value(RECIPE["name"])
    expect(page.get_by_label("Servings")).to_have_value("4")
    page.get_by_role("button", name="Save and publish").click()
    expect(page).to_have_url(re.compile("/meals/[^/]*barley-soup/$"))
    guest = someone().goto(page.url)
    expect(guest.locator("main")).to_contain_text("Greta Wald")

    page.goto("/create/import/")
    page.get_by_label(re.compile("JSON-LD")).first.fill(json.dumps(RECIPE))
    page.get_by_role("button", name="Read it").click()
    expect(page).to_have_url(preview)
    expect(page.locator(".toast")).to_contain_text("You brought this recipe in before.")
