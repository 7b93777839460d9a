"""Each page as each who may see it: accessible in both themes, quiet, light, on a phone, readable without scripts."""

import gzip
import re
from urllib.parse import urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.person import DESK, PHONE, Person
from tests.pages.catalogue import PAGES, SIGNS_IN_AS, STAFF, VISITOR, back_office

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TAGS = [*WCAG, "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # what another theme can change
# Told of another theme, a busy browser repaints some elements later than others, and colours on their way belong to no
# theme: everything is drawn anew, at once, and what moves has arrived.
SETTLED = """async (theme) => {
  const frame = () => new Promise(requestAnimationFrame);
  while (!matchMedia(`(prefers-color-scheme: ${theme})`).matches) await frame();
  const root = document.documentElement;
  root.style.display = "none";
  root.getBoundingClientRect();
  root.style.display = "";
  await frame();
  await frame();
  await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)));
}"""
CHECK = "(options) => axe.run(options).then((found) => found.violations)"
LARGEST = 100_000  # bytes of HTML, CSS and JavaScript, compressed
LOOKS = [(name, role) for name, page in PAGES.items() for role in page.roles]
OFFICE = sorted(back_office())
WIDE = ["home", "meals:discover", "meals:detail", "meals:edit", "accounts:settings-profile"]


@pytest.fixture(scope="module")
def as_role(browser, product):
    """One browser context for each role and way of looking, signed in once."""
    states, people = {}, {}

    def state(role):
        if role not in states:
            person = Person(browser, product.url, product.mailbox)
            person.sign_in(SIGNS_IN_AS[role])
            states[role] = person.context.storage_state()
            person.context.close()
        return states[role]

    def open_as(role, **options):
        key = (role, *sorted(map(str, options.items())))
        if key not in people:
            known = {} if role == VISITOR else {"storage_state": state(role)}
            people[key] = Person(browser, product.url, product.mailbox, **known, **options)
        people[key].watch.problems.clear()
        return people[key]

    yield open_as
    for person in people.values():
        person.context.close()


@pytest.fixture(scope="module")
def sizes():
    """Of the files that pages share, compressed, by address."""
    return {}


def weight(person, answer, sizes):
    """Bytes of a page with its style sheets and scripts, each compressed as a server does."""
    html = answer.body()
    files = re.findall(rb'<(?:link[^>]+rel="stylesheet"[^>]+href|script[^>]+src)="([^"]+)"', html)
    for file in {urljoin(answer.url, address.decode()) for address in files} - set(sizes):
        sizes[file] = len(gzip.compress(person.context.request.get(file).body()))
    return len(gzip.compress(html)) + sum(sizes[urljoin(answer.url, file.decode())] for file in set(files))


def violations(page, tags=TAGS):
    """In the light theme, then what the dark one changes."""
    found = []
    page.evaluate(Axe().axe_script)
    for theme, run in (("light", {"type": "tag", "values": tags}), ("dark", {"type": "rule", "values": COLOURS})):
        page.emulate_media(color_scheme=theme)
        page.evaluate(SETTLED, theme)
        violated = page.evaluate(CHECK, {"runOnly": run, "resultTypes": ["violations"]})
        found += [(theme, one["id"], [node["html"][:200] for node in one["nodes"]]) for one in violated]
    page.emulate_media(color_scheme="light")
    return found


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize(("name", "role"), LOOKS)
def test_page(as_role, sizes, name, role):
    person = as_role(role, viewport=PHONE, has_touch=True, is_mobile=True)
    answer = person.page.goto(PAGES[name].address, wait_until="load")
    if "/reauthenticate/" in person.page.url and name != "account_reauthenticate":
        person.page.get_by_label("Password", exact=True).fill("fitfoodie-demo")
        person.page.get_by_role("button", name="Confirm").click()
        answer = person.page.goto(PAGES[name].address, wait_until="load")
    assert answer.status == PAGES[name].status
    assert weight(person, answer, sizes) < LARGEST
    assert overflow(person.page) == 0
    assert violations(person.page) == []
    assert person.watch.problems == []


@pytest.mark.parametrize(("name", "role"), [(name, PAGES[name].roles[0]) for name in PAGES])
def test_page_is_read_without_scripts(as_role, name, role):
    page = as_role(role, viewport=DESK, java_script_enabled=False).goto(PAGES[name].address)
    expect(page.locator("main h1").first).to_be_visible()
    assert len(page.locator("main").inner_text()) > 40


@pytest.mark.parametrize("name", WIDE)
def test_page_on_a_desk(as_role, name):
    person = as_role(PAGES[name].roles[-1], viewport=DESK)
    person.goto(PAGES[name].address)
    assert overflow(person.page) == 0
    assert violations(person.page) == []
    assert person.watch.problems == []


@pytest.mark.parametrize("name", OFFICE)
def test_back_office(as_role, name):
    person = as_role(STAFF, viewport=DESK)
    answer = person.page.goto(back_office()[name])
    assert answer.status == 200
    assert violations(person.page, WCAG) == []
    first = person.page.locator("#result_list tbody th a").first
    if first.count():
        first.click()
        expect(person.page.locator("main, #main, #content").first).to_be_visible()
        assert violations(person.page, WCAG) == []
    assert person.watch.problems == []
