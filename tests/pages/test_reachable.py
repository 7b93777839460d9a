"""Every page about training is found by following links from the first page, by somebody whose page it is."""

import re
from collections import defaultdict, deque
from html import unescape
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import Resolver404, resolve

from accounts.models import User
from tests.pages.catalogue import NOT_PAGES, PAGES, routes
from tests.pages.conftest import AT

pytestmark = pytest.mark.django_db

APPS = ("classes", "matching", "search")
WALKERS = ("maya@demo.test", "coach@demo.test", "admin@demo.test")
# Of one route so many addresses are opened, so that the walk ends; of classes more, as some have one's seat in them.
OPENED = defaultdict(lambda: 2, {"classes:session": 4})
# Not a page, though it answers to GET, or one that needs what the demo world does not hold.
ELSEWHERE = {
    "search:stop-alerts": "the link of a mail",
    "search:all": "the form of the box on every page",
    "search:look": "a link to results, made by saving a search",
    "classes:outing": "made by asking friends along: classes/tests/views/test_seats.py",
    "classes:dispute": "of somebody who was missed: classes/tests/views/test_attendance_pages.py",
    "classes:host-fee": "of somebody who was missed: classes/tests/views/test_attendance_pages.py",
    "classes:host-session-cancel": "of a class to come: classes/tests/views/test_host_timetable.py",
}
_LINK = re.compile(r'<a\b[^>]*?\shref="([^"#]+)')
_NO_PAGE = ("takes POST alone", "a part of a page, asked for by scripts", "a file, not a page")


def links_of(html):
    """Paths of this site that the page links to."""
    for found in _LINK.findall(html):
        parts = urlsplit(unescape(found))
        if not parts.netloc and not parts.scheme and parts.path:
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def route_of(address):
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def walked(client):
    """Names of the routes that links lead to from the first page, by way of pages about people and training."""
    found, opened, waiting = set(), defaultdict(set), deque(["/"])
    while waiting:
        address = waiting.popleft()
        answer = client.get(address, follow=True)
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        for link in links_of(answer.content.decode()):
            name = route_of(link)
            found.add(name)
            is_ours = name.split(":")[0] in APPS or name in {"accounts:me", "accounts:settings"}
            if is_ours and link not in opened[name] and len(opened[name]) < OPENED[name]:
                opened[name].add(link)
                waiting.append(link)
    return found


def test_every_page_about_training_is_linked_from_another(clients):
    with time_machine.travel(AT, tick=False):
        reached = set()
        for email in WALKERS:
            client = Client(raise_request_exception=True)
            client.force_login(User.objects.get(email=email))
            reached |= walked(client)
    pages = {name for name in routes() if name.split(":")[0] in APPS and name in PAGES}
    pages |= {name for name, why in NOT_PAGES.items() if name.split(":")[0] in APPS and not why.startswith(_NO_PAGE)}
    assert pages - reached - set(ELSEWHERE) == set()
