"""Strings that have broken other systems go through every text field of every form: no 500, and shown back as text."""

import json
import os
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache

from tests.pages.catalogue import CREATOR, MEAL, MEMBER, PAGES, STAFF, VISITOR, back_office

FILE = Path(os.environ.get("FITFOODIE_DATA", "../shared/data")) / "naughty-strings" / "blns.json"
pytestmark = [
    pytest.mark.data,
    pytest.mark.django_db,
    pytest.mark.skipif(not FILE.is_file(), reason=f"FITFOODIE_DATA names no folder with naughty-strings ({FILE})"),
]
TYPED = {"text", "search", "email", "url", "password", "number", "tel", "date", "datetime-local", "hidden", "time"}
NOT_TOUCHED = {"csrfmiddlewaretoken", "form", "action", "then", "do"}  # they say which form it is
LEAVES = re.compile("logout|delete|sessions/end|/theme|setlang|unpublish|archive|discard")  # would end the walk
ROUNDS = 6
PARAMETERS = ("q", "diet", "allergen", "max_calories", "min_protein", "max_minutes", "tag", "ordering", "page", "as_of")


def read_strings():
    """None is empty. A form is sent as UTF-8, so halves of characters cannot occur."""
    return [text for text in json.loads(FILE.read_text()) if text and text.encode("utf-8", "ignore").decode() == text]


@pytest.fixture(scope="module")
def strings():
    return read_strings()


def forms_of(client, address):
    """Where each form of a page goes, how, its fixed values, and its text fields with their largest length."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    for form in page.find_all("form"):
        target = urljoin(address, form.get("action") or address)
        if not LEAVES.search(target):
            yield target, form.get("method", "get").lower(), *fields_of(form)


def fields_of(form):
    fixed, typed = {}, {}
    for field in form.find_all(["input", "textarea", "select", "button"]):
        name, kind = field.get("name"), field.get("type", "text")
        if not name:
            continue
        if field.name == "textarea" or (field.name == "input" and kind in TYPED and name not in NOT_TOUCHED):
            typed[name] = int(field.get("maxlength", 100_000))
        elif field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            fixed[name] = chosen.get("value", "") if chosen else ""
        elif kind not in {"checkbox", "radio", "file"} or field.has_attr("checked"):
            fixed[name] = field.get("value", "")
    return fixed, typed


def filled(typed, strings, turn):
    """Long fields meet every string in the course of the rounds; short ones a different string each time."""
    batch = strings[turn::ROUNDS]
    together = "\n".join(batch)
    return {
        name: together if len(together) <= largest else batch[(turn + position) % len(batch)][:largest]
        for position, (name, largest) in enumerate(typed.items())
    }


def told_as_markup(answer, texts):
    """Which of the strings stand in the page as they were typed, although they are tags."""
    body = answer.content.decode(errors="replace") if answer["Content-Type"].startswith("text/html") else ""
    return [text for text in texts if re.search(r"<[a-zA-Z/!?]", text) and len(text) > 5 and text in body]


def forms():
    return [
        *((page.address, page.roles[-1]) for page in PAGES.values()),
        *((address, STAFF) for address in back_office().values()),
    ]


def test_every_form_takes_or_refuses_every_string(clients, strings):
    seen, sent = set(), 0
    for address, role in forms():
        client = clients[role]
        for target, method, fixed, typed in forms_of(client, address):
            shape = (target, method, *sorted(typed))
            if not typed or shape in seen:
                continue
            seen.add(shape)
            for turn in range(ROUNDS):
                cache.clear()  # rate limits are not what is asked here
                values = filled(typed, strings, turn)
                answer = getattr(client, method)(target, fixed | values)
                assert answer.status_code < 500, (target, values)
                assert told_as_markup(answer, strings) == [], (target, values)
                sent += 1
    assert len(seen) > 20
    assert sent == len(seen) * ROUNDS


@pytest.fixture
def hostile_meal(clients, strings):
    """A published meal that is nothing but such strings; returns its address."""
    tags = [text for text in strings if re.search(r"<[a-zA-Z/!?]", text)]
    form = {
        "title": "<script>alert(1)</script>",
        "summary": "\n".join(tags)[:500],
        "ingredients": "\n".join(text[:200] for text in tags[:150]),
        "steps": "\n\n".join(text[:500] for text in tags[:90]),
        "notes": "\n".join(tags)[:2000],
        "tags": "<b>,\"',{{7*7}}",
        "servings": "2",
        "audience": "everyone",
        "currency": "EUR",
        "language": "en",
        "then": "publish",
    }
    answer = clients[CREATOR].post("/create/meals/new/", form)
    assert answer.status_code == 302, BeautifulSoup(answer.content, "html.parser").find_all(class_="errorlist")
    return answer.url


def test_hostile_meal_is_shown_as_text(clients, strings, hostile_meal):
    slug = hostile_meal.strip("/").split("/")[-1]
    pages = [f"/meals/{slug}/", f"/meals/{slug}/print/", f"/create/meals/{slug}/", f"/create/meals/{slug}/history/"]
    pages += ["/create/", "/", "/meals/", "/@chef_amara", "/admin/meals/meal/", "/create/export/"]
    for address in pages:
        answer = clients[STAFF if "admin" in address else CREATOR].get(address)
        assert answer.status_code == 200, address
        assert told_as_markup(answer, [*strings, "<script>alert(1)</script>"]) == [], address


def test_every_parameter_takes_or_refuses_every_string(clients, strings):
    for turn in range(0, len(strings), 10):
        batch = strings[turn : turn + 10]
        query = {name: batch[position % len(batch)] for position, name in enumerate(PARAMETERS, turn)}
        for address, values in (
            ("/meals/", query),
            (f"/meals/{MEAL}/", {"servings": batch[0], "units": batch[-1]}),
            ("/accounts/login/", {"next": batch[0], "email": batch[-1]}),
        ):
            answer = clients[VISITOR].get(address, values)
            assert answer.status_code < 500, (address, values)
            assert told_as_markup(answer, batch) == [], (address, values)


def test_addresses_take_or_refuse_every_string(clients, strings):
    for number, text in enumerate(strings):
        address = ("/meals/{}/", "/@{}", "/create/meals/{}/", "/media/{}", "/private/{}")[number % 5].format("x")
        answer = clients[MEMBER].get(address.replace("x", text))
        assert answer.status_code < 500, text
        assert told_as_markup(answer, [text]) == [], text


def test_signing_in_never_leads_to_another_host(clients):
    for outside in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "http:evil"):
        cache.clear()
        form = {"login": "leo@demo.test", "password": "fitfoodie-demo", "next": outside}
        answer = clients[VISITOR].post("/accounts/login/", form)
        assert answer.status_code == 302
        assert answer.url == "/", outside
        clients[VISITOR].logout()
