"""Staff act, and say why."""

import re

from playwright.sync_api import expect


def choose_action(page, label):
    page.locator("select[name=action]").select_option(label=label)
    page.get_by_role("button", name="Run", exact=True).click()


def test_staff_archive_a_meal_with_a_reason(someone):
    staff = someone()
    staff.sign_in("admin@demo.test")
    page = staff.goto("/admin/meals/meal/?q=lentil")
    row = page.locator("#result_list tbody tr").first
    slug_link = row.locator("th a, td a").first
    title = slug_link.inner_text()
    row.locator("input.action-select").check()
    choose_action(page, "Archive with a reason")
    page.get_by_label("Reason").fill("The photo shows another dish.")
    page.locator("main form, #content form").locator("button[type=submit]").last.click()
    expect(page.get_by_text(title).first).to_be_visible()
    page.goto("/admin/events/event/?name=meals.meal.archived")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    visitor = someone().goto("/meals/?q=" + title.replace(" ", "+"))
    expect(visitor.locator("#meals .title").filter(has_text=title)).to_have_count(0)


def test_staff_grant_a_role_with_a_reason(someone):
    staff = someone()
    staff.sign_in("admin@demo.test")
    page = staff.goto("/admin/accounts/user/?q=leo@demo.test")
    page.locator("#result_list a").filter(has_text=re.compile("Leo|leo")).first.click()
    page.locator("li > a:not([href])", has_text="Roles").click()
    page.get_by_role("link", name="Grant role").click()
    page.get_by_label("Role", exact=False).select_option("creator")
    page.get_by_role("button", name="Grant role").click()
    expect(page.get_by_text("This field is required.")).to_be_visible()
    page.get_by_label("Reason").fill("Asked by mail, knows the guidelines.")
    page.get_by_role("button", name="Grant role").click()
    page.goto("/admin/accounts/rolechange/?q=leo")
    expect(page.locator("#result_list")).to_contain_text("Asked by mail, knows the guidelines.")

    leo = someone()
    leo.sign_in("leo@demo.test")
    page = leo.goto("/settings/account/")
    expect(page.locator("main")).to_contain_text("Creator")


def test_members_do_not_get_into_the_back_office(someone):
    member = someone()
    member.sign_in("maya@demo.test")
    page = member.goto("/admin/meals/meal/")
    expect(page.locator("#result_list")).to_have_count(0)
