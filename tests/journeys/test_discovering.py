"""Search as one types, narrow down, go on, come back; and the same without scripts."""

import re

import pytest
from playwright.sync_api import expect


def shown(page):
    return page.locator("#meals .meal-card .title")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_chips_narrow_down_and_are_taken_away_one_by_one(someone, scripts):
    page = someone(java_script_enabled=scripts).goto("/meals/")
    count = page.locator(".found-count .number")
    all_meals = int(count.text_content())
    facets = page.locator(".facets")
    facets.get_by_role("link", name=re.compile("^Vegan")).click()
    expect(page.locator(".found-head .chips a.chip")).to_have_count(1)
    vegan = int(count.text_content())
    assert 0 < vegan < all_meals
    option = facets.locator("section").nth(1).locator("a.chip:not(.on)").first
    option.click()
    chips = page.locator(".found-head .chips a.chip")
    expect(chips).to_have_count(2)
    both = int(count.text_content())
    assert 0 < both <= vegan

    chips.last.click()
    expect(chips).to_have_count(1)
    expect(count).to_have_text(str(vegan))
    chips.first.click()
    expect(chips).to_have_count(0)
    expect(count).to_have_text(str(all_meals))


def test_search_answers_while_typing_and_the_address_can_be_shared(someone):
    page = someone().goto("/meals/")
    box = page.get_by_role("combobox", name="Search meals")
    box.press_sequentially("lentl", delay=30)
    expect(page).to_have_url(re.compile(r"q=lentl"))
    expect(shown(page).filter(has_text=re.compile("lentil", re.IGNORECASE)).first).to_be_visible()
    found = shown(page).all_inner_texts()
    other = someone().goto(page.url)
    assert shown(other).all_inner_texts() == found


def test_search_without_scripts(someone):
    page = someone(java_script_enabled=False).goto("/meals/")
    page.get_by_label("Search meals").fill("lentl")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"q=lentl"))
    expect(shown(page).filter(has_text=re.compile("lentil", re.IGNORECASE)).first).to_be_visible()


def test_more_is_loaded_and_back_returns_to_the_place(someone):
    page = someone().goto("/meals/")
    first = shown(page).count()
    page.locator(".pager a[rel=next]").scroll_into_view_if_needed()
    expect(shown(page).nth(first)).to_be_visible()
    titles = shown(page).all_inner_texts()
    assert len(titles) == len(set(titles))
    far = shown(page).nth(first + 3)
    name = far.inner_text()
    far.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.go_back()
    expect(shown(page).filter(has_text=name).first).to_be_in_viewport()


def test_more_without_scripts_is_a_link(someone):
    page = someone(java_script_enabled=False).goto("/meals/")
    first = shown(page).all_inner_texts()
    page.get_by_role("link", name="Show more").click()
    second = shown(page).all_inner_texts()
    assert second
    assert not set(first) & set(second)
    page.go_back()
    assert shown(page).all_inner_texts() == first


def test_back_takes_a_filter_away_again(someone):
    page = someone().goto("/meals/")
    count = page.locator(".found-count .number")
    before = count.text_content()
    page.locator(".facets").get_by_role("link", name=re.compile("^Vegan")).click()
    expect(page).to_have_url(re.compile("diet=vegan"))
    expect(count).not_to_have_text(before)
    page.go_back()
    expect(count).to_have_text(before)
    expect(page.locator(".found-head .chips a.chip")).to_have_count(0)
