"""One running product and one browser for each worker. These tests touch no database: they see what people see."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.journeys.person import Person
from tests.journeys.product import made_once, running_product, served_product

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

expect.set_options(timeout=15_000)  # a busy machine is slow, not wrong


def pytest_collection_modifyitems(items):
    missing = pytest.mark.skip(reason="no Chromium on this machine; name one in CHROMIUM")
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(missing)


@pytest.fixture(scope="module")
def browser():
    """For a file of tests: its event loop would forbid database work to the tests of other files."""
    with sync_playwright() as playwright:
        # In a container the tests run as root, where Chromium's own sandbox cannot.
        options = ["--no-sandbox", "--disable-dev-shm-usage"]
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def product(tmp_path_factory, worker_id):
    base = tmp_path_factory.getbasetemp()
    shared = base / "world" if worker_id == "master" else base.parent / "world"
    folder = tmp_path_factory.mktemp("product")
    with made_once(shared, folder) as keep, running_product(folder) as running:
        keep()
        yield running
        assert "Traceback" not in running.log(), running.log()


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The topology of production, where PostgreSQL and Redis answer."""
    with served_product(tmp_path_factory.mktemp("served")) as running:
        yield running
        assert "Traceback" not in running.log(), running.log()


@pytest.fixture
def someone(browser, product):
    yield from people_of(browser, product)


@pytest.fixture
def somebody(browser, served):
    """Somebody on the topology of production."""
    yield from people_of(browser, served)


def people_of(browser, product):
    """Makes people with a browser each. In the end none may have met an error, a broken policy, another host."""
    people = []

    def make(**options):
        people.append(Person(browser, product.url, product.mailbox, **options))
        return people[-1]

    yield make
    problems = [problem for person in people for problem in person.watch.problems]
    for person in people:
        person.context.close()
    assert problems == []


@pytest.fixture
def visitor(someone):
    return someone()
