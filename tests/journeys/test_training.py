"""Two people meet in the deck, match in both browsers, take two seats together; one cancels late, the third in line
gets the seat, the coach checks in, both rate. What takes hours otherwise is told to the rows of that one class."""

import json
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

COACH = "coach@demo.test"
CLASS = "Rhine Run"
TOWN, ZONE = "Chur, Switzerland", "Europe/Zurich"  # no one of the demo world lives there
# A class for two in that town, within its late window; its hour is not cut in two by midnight.
PUT_ON = """
import json
from datetime import timedelta
from zoneinfo import ZoneInfo
from django.utils import timezone
from accounts.models import User
from classes.models import Chain
from classes.services.places import create_class_type, create_studio
from classes.services.sessions import schedule_session
now, coach = timezone.now(), User.objects.get(email={coach!r})
chain = Chain.objects.get(slug="limmat-movement")
place = {{"city": "Chur", "country": "CH", "latitude": 46.8499, "longitude": 9.5329}}
studio = create_studio(actor=coach, chain_id=chain.pk, now=now, name="Rhine Shed", **place)
about = {{"title": {title!r}, "interests": ["running"], "minutes": 60, "capacity": 2, "price": 0}}
kind = create_class_type(actor=coach, chain_id=chain.pk, now=now, **about)
wall = (now + timedelta(hours=3)).astimezone(ZoneInfo(studio.time_zone)).replace(tzinfo=None, second=0, microsecond=0)
wall += timedelta(minutes=30 - wall.minute % 30)
if (wall.hour, wall.minute) == (23, 30):
    wall += timedelta(minutes=30)
about = {{"actor": coach, "room": None, "instructor": None, "now": now}}
session = schedule_session(studio=studio, class_type=kind, starts_local=wall, **about)
print(json.dumps([session.public_id, wall.weekday(), wall.hour * 2 + wall.minute // 30]))
"""
# The clock is not turned: the class and its bookings are that much older.
GO_ON = """
from datetime import timedelta
from django.db.models import F
from classes.models import Rsvp, Session
gone = timedelta(minutes={minutes})
older = lambda *names: {{name: F(name) - gone for name in names}}
Session.everything.filter(public_id={public_id!r}).update(**older("starts_at", "ends_at"))
seats = Rsvp.objects.across_chains().filter(session__public_id={public_id!r})
seats.update(**older("joined_at", "confirmed_at", "free_cancel_until", "reserved_until"))
"""


@dataclass
class PutOn:
    """A class that is on the timetable, and when it begins on the clocks of the town."""

    product: object
    public_id: str
    day: int
    half: int

    @property
    def address(self):
        return f"/classes/{self.public_id}/"

    def minutes_later(self, minutes):
        self.product.manage("shell", "-v0", "-c", GO_ON.format(public_id=self.public_id, minutes=minutes))


@pytest.fixture
def run(product):
    said = product.manage("shell", "-v0", "-c", PUT_ON.format(coach=COACH, title=CLASS))
    return PutOn(product, *json.loads(said.strip().splitlines()[-1]))


def says(page, text):
    """Anywhere: in the page or in a passing message."""
    expect(page.locator("body")).to_contain_text(text)


def fill_in_profile(person, run):
    """Running, in the town, in the hour of the class, on the clocks of the town."""
    page = person.goto("/partners/preferences/")
    page.locator("select[name=sport]").first.select_option(label="Running")
    page.locator("select[name=skill]").first.select_option(label="Intermediate")
    page.get_by_role("combobox", name=re.compile("^Home area")).fill(TOWN)
    page.get_by_label("Born").fill("1994-05-17")
    page.locator("details.week-halves").nth(run.day).locator("summary").click()
    for half in (run.half, run.half + 1):
        page.locator(f'label:has(input[name=slot][value="{run.day}-{half}"])').click()
    page.get_by_role("button", name="Save", exact=True).click()
    says(page, "Saved. Your deck follows at once.")
    page.get_by_role("button", name=f"Use {ZONE}").click()
    says(page, f"Your clocks are now those of {ZONE}.")


def see_in_deck(person, name):
    page = person.goto("/partners/")
    expect(page.locator("[data-deck] .person-card h2")).to_contain_text(name)
    return page


def dialog_of(page):
    return page.get_by_role("dialog").filter(has_text="It's a match")


def match_live(one, other):
    """Both look at their decks; nobody loads a page again."""
    mine, theirs = see_in_deck(one, "Ben_Runs"), see_in_deck(other, "Ana_Runs")
    for page in (mine, theirs):
        page.evaluate("window.wasNeverLoadedAgain = true")
    mine.get_by_role("button", name="Like", exact=True).click()
    expect(mine.locator("[data-deck]")).to_contain_text("They see it only if they like you too.")
    theirs.get_by_role("button", name="Like", exact=True).click()
    for page in (theirs, mine):
        expect(dialog_of(page)).to_be_visible()
        assert page.evaluate("window.wasNeverLoadedAgain")
    theirs.get_by_role("button", name="Later").click()
    expect(dialog_of(theirs)).to_have_count(0)
    theirs.goto("/partners/matches/")
    expect(theirs.locator(".match-line")).to_have_count(1)
    expect(dialog_of(theirs)).to_have_count(0)
    theirs.goto("/notifications/")
    expect(theirs.locator("main").get_by_text(re.compile("^It’s a match"))).to_have_count(1)


def go_together(one, other, run):
    """One asks from the page of the two, in the time both have; the other says yes, and both have a seat."""
    mine = one.page
    dialog_of(mine).get_by_role("link", name="Find a class together").click()
    slots = mine.get_by_role("region", name="When you are both free next")
    slots.locator(".class-card").filter(has_text=CLASS).get_by_role("button", name="Go together").click()
    expect(mine.locator("main")).to_contain_text("When everybody has said yes, all of you are booked at once.")
    mine.evaluate("window.wasNeverLoadedAgain = true")
    theirs = other.goto("/partners/matches/")
    theirs.locator(".match-line a.cover-link").click()
    theirs.get_by_role("button", name="Yes, I come").click()
    for page in (theirs, mine):
        says(page, "You are all in. See you there!")
    assert mine.evaluate("window.wasNeverLoadedAgain")
    for person in (one, other):
        expect(person.goto(run.address).locator("#seat-panel")).to_contain_text("You are in")


def wait_in_line(person, run):
    page = person.goto(run.address)
    page.get_by_role("button", name=re.compile("^Join the waitlist")).click()
    expect(page.locator("#seat-panel")).to_contain_text("#1")


def cancel_late(person, run):
    page = person.goto(run.address)
    page.get_by_role("link", name="Leave the class").click()
    dialog = page.get_by_role("dialog", name="Leave the class?")
    expect(dialog).to_contain_text("Cancelling now counts as late.")
    dialog.get_by_role("button", name="Leave the class").click()
    says(page, "It was too late to cancel for free.")


def move_up(person):
    """Without loading the page again: the seat is offered, and taken."""
    panel = person.page.locator("#seat-panel")
    panel.get_by_role("button", name="Take the seat").click()
    expect(panel).to_contain_text("You are in")


def code_of(person, run):
    """What the person holds up at the door."""
    person.goto(run.address).get_by_role("link", name="Your code for the door").click()
    return person.page.locator(".door-picture figcaption").inner_text()


def check_in(coach, run, code, name):
    """One by the code, one by a tap on the name."""
    page = coach.goto(f"/host/sessions/{run.public_id}/check-in/")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Check in", exact=True).click()
    expect(page.locator(".check-in-count")).to_contain_text("1 of 2 are here")
    page.locator("button.door-row", has_text=name).click()
    expect(page.locator(".check-in-count")).to_contain_text("2 of 2 are here")


def rate(person, run, stars):
    page = person.goto("/my/classes/history/")
    page.get_by_role("link", name="Rate it").click()
    page.locator(".stars-input label").nth(stars - 1).click()
    page.get_by_label("How was it?").fill("We ran along the Rhine and talked all the way.")
    page.get_by_role("button", name="Publish rating").click()
    page.goto("/my/classes/history/")
    expect(page.locator(".past-row", has_text=CLASS).filter(has_text=f"{stars} ★")).to_have_count(1)


def test_from_the_deck_to_a_rating(someone, run):
    ana, ben, cleo = someone(), someone(), someone()
    for person, handle in ((ana, "ana_runs"), (ben, "ben_runs"), (cleo, "cleo_waits")):
        person.join(handle)
    for person in (ana, ben):
        fill_in_profile(person, run)
    match_live(ana, ben)
    go_together(ana, ben, run)
    wait_in_line(cleo, run)
    run.minutes_later(60)
    cancel_late(ben, run)
    move_up(cleo)

    run.minutes_later(120)
    coach = someone()
    coach.sign_in(COACH)
    check_in(coach, run, code_of(ana, run), "Cleo_Waits")
    run.minutes_later(100)  # it began within half an hour and lasts one
    for person, stars in ((ana, 5), (cleo, 4)):
        rate(person, run, stars)
