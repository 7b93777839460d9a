"""Getting in with a real browser: the pages are accessible, a passkey works from adding it to signing in with it."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from accounts.tests.factories import PASSWORD, UserFactory

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.django_db(transaction=True),
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ENTRANCE = ["login/", "signup/", "password/reset/", "password/reset/key/1-dead/", "login/code/"]
INSIDE = ["sessions/", "2fa/", "email/", "password/change/", "3rdparty/", "reauthenticate/"]


@pytest.fixture
def maya(db):
    return UserFactory(name="Maya Lind", email="maya@example.com")


@pytest.fixture
def visit(maya, live_server, settings):
    """The server is asked for under the name localhost: a passkey belongs to a name, never to an address."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    base = live_server.url.replace("127.0.0.1", "localhost")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

        def visit(path, **options):
            page = launched.new_context(base_url=f"{base}/accounts/", **options).new_page()
            page.problems = []
            page.on("console", lambda message: page.problems.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: page.problems.append(str(error)))
            page.goto(path)
            return page

        yield visit
        launched.close()


def sign_in(page):
    page.goto("login/")
    page.get_by_label("E-mail address").fill("maya@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "login" not in url)


def violations(page):
    response = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    return [(found["id"], [node["html"] for node in found["nodes"]]) for found in response["violations"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_have_no_accessibility_violation(visit, theme):
    page = visit("login/", color_scheme=theme, viewport={"width": 390, "height": 844}, bypass_csp=True)
    found = {}
    for path in ENTRANCE:
        page.goto(path)
        found[path] = violations(page)
    sign_in(page)
    for path in INSIDE:
        page.goto(path)
        found[path] = violations(page)
    assert {path: problems for path, problems in found.items() if problems} == {}


def test_password_can_be_shown_and_is_hidden_when_sent(visit):
    page = visit("login/")
    field = page.get_by_label("Password", exact=True)
    field.fill("secret words")
    page.get_by_role("button", name="Show").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide").click()
    expect(field).to_have_attribute("type", "password")
    assert page.problems == []


def test_passkey_from_adding_it_to_signing_in_with_it(visit):
    page = visit("login/")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page)
    page.goto("2fa/webauthn/add/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Let me sign in with it alone").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url(lambda url: "webauthn/add" not in url)
    page.context.clear_cookies()
    page.goto("login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "login" not in url)
    page.goto("sessions/")
    expect(page.get_by_role("heading", name="Devices")).to_be_visible()
    assert page.problems == []


def test_signing_in_works_without_scripts(visit):
    page = visit("login/", java_script_enabled=False)
    sign_in(page)
    page.goto("sessions/")
    expect(page.get_by_text("This device, now")).to_be_visible()
