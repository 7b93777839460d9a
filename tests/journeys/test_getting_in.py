"""Passwords forgotten, second factors, lost phones, other devices."""

import re

from playwright.sync_api import expect

from tests.journeys.person import OWN_PASSWORD, totp, turn_on_second_factor

NEW_PASSWORD = "walnut-tractor-comet-38"


def give_code(page, code):
    page.get_by_label(re.compile("code", re.IGNORECASE)).first.fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_forgotten_password_is_replaced_by_mail(someone):
    person = someone()
    email = person.join("mina_forgets")
    phone = someone()
    page = phone.goto("/accounts/login/")
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Mail me a link").click()
    link = phone.mailbox.find(email, r"(http\S+/password/reset/key/\S+)")
    page.goto(link)
    page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Save password").click()
    expect(page).not_to_have_url(re.compile("/reset/key/[^d]"))

    phone.begin_sign_in(email, OWN_PASSWORD)
    expect(page).to_have_url(re.compile("/accounts/login/"))
    phone.sign_in(email, NEW_PASSWORD)
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work any more")


def test_second_factor_is_asked_for_and_a_recovery_code_works_once(someone):
    person = someone()
    email = person.join("otto_locks")
    secret, codes = turn_on_second_factor(person)
    assert len(codes) == 10

    with_app = someone()
    with_app.begin_sign_in(email, OWN_PASSWORD)
    expect(with_app.page.get_by_role("heading", level=1)).to_have_text("One more step")
    give_code(with_app.page, "000000" if totp(secret) != "000000" else "111111")
    expect(with_app.page.get_by_role("heading", level=1)).to_have_text("One more step")
    give_code(with_app.page, totp(secret, steps_ahead=1))  # the code just used to set it up is spent
    expect(with_app.page.get_by_role("heading", level=1)).not_to_have_text("One more step")
    with_app.goto("/settings/security/")
    expect(with_app.page.get_by_role("heading", level=1)).to_be_visible()

    without_phone = someone()
    without_phone.begin_sign_in(email, OWN_PASSWORD)
    give_code(without_phone.page, codes[0])
    expect(without_phone.page.get_by_role("heading", level=1)).not_to_have_text("One more step")

    thief = someone()
    thief.begin_sign_in(email, OWN_PASSWORD)
    give_code(thief.page, codes[0])
    expect(thief.page.get_by_role("heading", level=1)).to_have_text("One more step")


def test_signing_out_everywhere_else_ends_the_other_devices(someone):
    here, there = someone(), someone()
    email = here.join("vera_travels")
    there.sign_in(email, OWN_PASSWORD)
    there.goto("/settings/")
    expect(there.page.get_by_role("heading", level=1)).to_be_visible()

    page = here.goto("/accounts/sessions/")
    expect(page.locator(".devices > li")).to_have_count(2)
    page.get_by_role("button", name="Sign out everywhere else").click()
    expect(page.locator(".devices > li")).to_have_count(1)
    there.goto("/settings/")
    expect(there.page).to_have_url(re.compile("/accounts/login/"))
    here.goto("/settings/")
    expect(here.page).to_have_url(re.compile("/settings/$"))


def test_theme_and_language_follow_to_a_second_device(someone):
    here = someone()
    email = here.join("ines_moves")
    page = here.goto("/settings/appearance/")
    page.get_by_label("Dark").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator("footer summary").first.click()
    page.locator("footer button[lang=de]").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")

    there = someone()
    there.sign_in(email, OWN_PASSWORD)
    page = there.goto("/meals/")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
