"""The gallery in a real browser: accessible in both themes, usable by keyboard, with and without scripts."""

import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.django_db(transaction=True),
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def chromium(live_server, settings):
    # Asked for before the browser starts: its event loop forbids database work in this thread while it runs.
    settings.SITE_GALLERY = True
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def gallery(chromium, live_server):
    def visit(**options):
        page = chromium.new_context(**options).new_page()
        page.problems = []
        page.on("console", lambda message: page.problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.goto(f"{live_server.url}/design/")
        return page

    return visit


def violations(page):
    page.evaluate("scrollTo(0, 0)")  # what lies half under the bar that stays is no small target
    response = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    return [(found["id"], [node["html"] for node in found["nodes"]]) for found in response["violations"]]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_gallery_has_no_accessibility_violation(gallery, theme, width):
    page = gallery(color_scheme=theme, viewport={"width": width, "height": 900}, bypass_csp=True)
    assert violations(page) == []
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    page.get_by_role("link", name="Open dialog").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.problems == []


def test_gallery_breaks_no_policy_and_asks_no_other_host(chromium, live_server):
    page = chromium.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{live_server.url}/design/", wait_until="networkidle")
    assert [text for text in said if "Content Security Policy" in text] == []
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []


def test_theme_switch_changes_at_once_and_is_kept(gallery):
    page = gallery()
    page.locator("summary", has_text="Theme").click()
    with page.expect_response("**/theme"):
        page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(18, 21, 18)"


def test_theme_switch_without_scripts(gallery):
    page = gallery(java_script_enabled=False)
    page.locator("summary", has_text="Theme").click()
    page.get_by_role("button", name="Dark").click()
    assert 'data-theme="dark"' in page.content()


def test_combobox_by_keyboard(gallery):
    page = gallery()
    box = page.locator("main").get_by_role("combobox", name="Search meals")  # the one on show, not that of the bar
    box.fill("lent")
    expect(page.locator("main").locator(".listbox [role=option]")).to_have_text(["Lentil bowl", "Lentil soup"])
    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(page.get_by_role("option", name="Lentil soup")).to_have_attribute("aria-selected", "true")
    active = page.get_by_role("option", name="Lentil soup").get_attribute("id")
    expect(box).to_have_attribute("aria-activedescendant", active)
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("lent")
    box.press("ArrowDown")
    expect(page.locator("main").locator(".listbox [role=option]")).to_have_count(2)
    box.press("ArrowUp")
    box.press("Enter")
    expect(page).to_have_url(re.compile("find=Lentil(\\+|%20)soup"))


def test_dialog_opens_traps_and_closes(gallery):
    page = gallery()
    opener = page.get_by_role("link", name="Open dialog")
    opener.click()
    expect(page.get_by_role("dialog", name="Delete this draft?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_dialog_opens_by_its_address_without_scripts(gallery):
    page = gallery(java_script_enabled=False)
    page.get_by_role("link", name="Open dialog").click()
    expect(page.locator("#example")).to_be_visible()
    page.get_by_role("link", name="Keep it").click()
    expect(page.locator("#example")).to_be_hidden()


def test_menu_closes_on_escape_and_gives_the_focus_back(gallery):
    page = gallery()
    summary = page.locator("summary", has_text="Sort: newest")
    summary.click()
    expect(page.get_by_role("link", name="Best rated")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Best rated")).to_be_hidden()
    expect(summary).to_be_focused()


def test_toast_is_dismissed(gallery):
    page = gallery()
    toasts = page.locator(".toast")
    before = toasts.count()
    toasts.first.get_by_role("button", name="Dismiss").click()
    expect(toasts).to_have_count(before - 1)


def test_form_is_sent_once(gallery):
    page = gallery()
    sent = []

    def answer(route):
        if route.request.method != "POST":
            return route.continue_()
        sent.append(route.request.url)
        return route.fulfill(status=204)  # the browser stays on the page

    page.route("**/design/", answer)
    button = page.get_by_role("button", name="Create account")
    button.click()
    expect(button).to_have_attribute("aria-busy", "true")
    button.click()
    page.wait_for_timeout(200)
    assert len(sent) == 1


def test_first_wrong_field_has_the_focus(gallery):
    expect(gallery().get_by_label("E-mail address")).to_be_focused()


def test_touch_targets_are_large_enough(gallery):
    page = gallery(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    small = page.evaluate(
        """() => [...document.querySelectorAll("a.button, button, summary, .tabs a, .places a, label.chip, a.chip")]
          .filter((one) => one.checkVisibility())
          .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
          .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
          .map(([text, box]) => `${text} ${box.width}×${box.height}`)"""
    )
    assert small == []


def test_print_leaves_the_chrome_away(gallery):
    page = gallery(color_scheme="dark")
    page.emulate_media(media="print")
    assert not page.locator(".topbar").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(30, 36, 31)"
