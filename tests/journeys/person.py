"""Somebody in front of a browser: what people do on many pages, and what must never happen while they do it."""

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from tests.journeys.product import Mailbox

DEMO_PASSWORD = "fitfoodie-demo"
OWN_PASSWORD = "cabbage-kettle-orbit-71"
# A page that answers 404, 409 or 422 on purpose is also told of in the console.
EXPECTED_IN_CONSOLE = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


class Watch:
    """Notes of a browser context: errors in the console, broken policies, requests to other hosts."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.problems: list[str] = []
        self._origin = origin
        context.on("console", lambda message: self._said(message.type, message.text))
        context.on("weberror", lambda error: self.problems.append(f"script: {error.error}"))
        context.on("request", lambda request: self._asked(request.url))
        context.on("response", self._answered)

    def _said(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not EXPECTED_IN_CONSOLE.match(text):
            self.problems.append(f"console: {text}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self._origin, "data:", "blob:")):
            self.problems.append(f"another host: {url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.problems.append(f"{response.status}: {response.url}")


class Person:
    """A browser context of one person. Everything happens as they would do it: by what they can read."""

    def __init__(self, browser: Browser, url: str, mailbox: Mailbox, **options: Any) -> None:
        defaults: dict[str, Any] = {"viewport": DESK, "reduced_motion": "reduce", "locale": "en-GB"}
        self.context = browser.new_context(base_url=url, **(defaults | options))
        self.watch = Watch(self.context, url)
        self.mailbox = mailbox
        self.page: Page = self.context.new_page()

    def goto(self, address: str) -> Page:
        self.page.goto(address)
        return self.page

    def path(self) -> str:
        return urlsplit(self.page.url).path

    def sign_up(self, name: str, handle: str, email: str) -> None:
        """Up to the page that asks for the mailed code."""
        page = self.goto("/accounts/signup/")
        page.get_by_label("Your name").fill(name)
        page.get_by_label("Handle").fill(handle)
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password", exact=True).fill(OWN_PASSWORD)
        page.get_by_role("button", name="Create account").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Check your mail")

    def confirm_address(self, email: str) -> None:
        code = self.mailbox.find(email, r"^ {4}(\S{4,12})$")
        self.page.get_by_label("Code").fill(code)
        self.page.get_by_role("button", name="Confirm").click()
        expect(self.page).not_to_have_url(re.compile("confirm-email"))

    def join(self, handle: str, *, at: str = "journeys.test") -> str:
        """A member with a confirmed address; returns the address."""
        email = f"{handle}@{at}"
        self.sign_up(handle.title(), handle, email)
        self.confirm_address(email)
        return email

    def begin_sign_in(self, email: str, password: str = DEMO_PASSWORD) -> None:
        page = self.goto("/accounts/login/")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("button", name="Sign in", exact=True).click()

    def sign_in(self, email: str, password: str = DEMO_PASSWORD) -> None:
        self.begin_sign_in(email, password)
        expect(self.page).not_to_have_url(re.compile("/accounts/login/"))


def turn_on_second_factor(person: Person, password: str = OWN_PASSWORD) -> tuple[str, list[str]]:
    """Returns the secret of the authenticator app, and the recovery codes."""
    page = person.goto("/accounts/2fa/totp/activate/")
    if person.path().endswith("/reauthenticate/"):
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("button", name="Confirm").click()
    secret = (page.locator("code.secret").text_content() or "").strip()
    page.get_by_label(re.compile("code", re.IGNORECASE)).fill(totp(secret))
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Recovery codes", re.IGNORECASE))
    codes = re.findall(r"\b[0-9a-f]{8,16}\b", page.locator("main").inner_html())
    return secret, list(dict.fromkeys(codes))


def totp(secret: str, *, steps_ahead: int = 0) -> str:
    """What an authenticator app shows (RFC 6238: SHA-1, 30 seconds, six digits)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + steps_ahead), hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"
