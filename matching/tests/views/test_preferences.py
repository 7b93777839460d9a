"""The page of preferences, as one uses it without scripts, and what htmx asks for."""

from datetime import date

import pytest

from accounts.models import Profile
from classes.tests.factories import make_chain, make_studio
from matching import week
from matching.models import FitnessProfile
from matching.tests.factories import EARLY, NOW, ZURICH, make_fitness, make_user
from matching.week import Slot

pytestmark = pytest.mark.django_db
PAGE = "/partners/preferences/"
GIVEN = {
    "sport": ["running", "yoga", ""],
    "skill": ["3", "1", "2"],
    "goals": ["race"],
    "slot": ["0-13", "0-14"],
    "place": "Zürich, Switzerland",
    "gym": "",
    "born_on": "1996-03-01",
    "gender": "woman",
    "radius_km": "15",
    "level_gap": "2",
    "same_gender_only": "on",
}


@pytest.fixture
def ana(client):
    user = make_user("ana")
    client.force_login(user)
    return user


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW)


def saved(user):
    return FitnessProfile.objects.get(user=user)


def test_a_visitor_signs_in_first(client):
    assert client.get(PAGE).status_code == 302


def test_the_first_visit_proposes_what_the_person_said_before_and_keeps_nothing(ana, client):
    Profile.objects.filter(user=ana).update(sports=["yoga"], level="advanced", city="Graz", country="AT")
    page = client.get(PAGE)
    assert page.context["form"].sport_rows[0] == ("yoga", "3")
    assert page.context["form"]["place"].value() == "Graz, Austria"
    assert "nothing is kept until you save" in page.content.decode()
    assert not FitnessProfile.objects.exists()


def test_saving_keeps_all_and_opens_the_deck(ana, client):
    assert client.post(PAGE, GIVEN).status_code == 302
    profile = saved(ana)
    assert profile.skills == {"running": 3, "yoga": 1}
    assert profile.goals == {"race"}
    assert week.unpack(bytes(profile.week)) == [Slot(0, 13), Slot(0, 14)]
    assert (profile.born_on, profile.gender, profile.radius_km, profile.level_gap) == (date(1996, 3, 1), "woman", 15, 2)
    assert (profile.same_gender_only, profile.is_paused, profile.is_incognito) == (True, False, False)
    assert (profile.is_ready, round(profile.latitude)) == (True, 47)


def test_what_is_shown_back_is_the_town_and_never_the_point(ana, client):
    make_fitness(ana)
    text = client.get(PAGE).content.decode()
    assert "Zürich, Switzerland" in text
    assert "47.3" not in text
    assert "8.54" not in text


def test_saving_what_is_shown_back_moves_nobody(ana, client):
    before = make_fitness(ana)
    shown = client.get(PAGE).context["form"]["place"].value()
    client.post(PAGE, GIVEN | {"place": shown})
    after = saved(ana)
    assert (after.latitude, after.longitude, after.moves) == (before.latitude, before.longitude, [])


def test_the_position_of_the_device_goes_before_the_town(ana, client):
    client.post(PAGE, GIVEN | {"latitude": "46.948", "longitude": "7.447"})
    assert (saved(ana).latitude, saved(ana).longitude) == (46.948, 7.447)


def test_an_empty_place_takes_it_away(ana, client):
    make_fitness(ana)
    client.post(PAGE, GIVEN | {"place": ""})
    assert (saved(ana).latitude, saved(ana).is_ready) == (None, False)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"place": "Nowhere-on-Sea"}, "We do not know this place"),
        ({"sport": ["running", "running"], "skill": ["1", "2"]}, "A sport is there twice"),
        ({"sport": ["chess"], "skill": ["1"]}, "is not a sport we know"),
        ({"sport": ["running"], "skill": ["7"]}, "A level is beginner"),
        ({"slot": ["9-99"]}, "Choose half hours"),
        ({"part": ["0-tea"]}, "Choose half hours"),
        ({"born_on": "2027-01-01"}, "still to come"),
        ({"radius_km": "1"}, "greater than or equal to 2"),
        ({"gym": "nosuchgym"}, "Select a valid choice"),
        ({"latitude": "95", "longitude": "1"}, "less than or equal to 90"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(ana, client, wrong, said):
    page = client.post(PAGE, GIVEN | wrong)
    assert (page.status_code, said in page.content.decode()) == (422, True)
    assert not FitnessProfile.objects.exists()


def test_nothing_typed_is_lost(ana, client):
    form = client.post(PAGE, GIVEN | {"radius_km": "1", "part": ["2-early"]}).context["form"]
    assert form.sport_rows[:2] == [("running", "3"), ("yoga", "1")]
    assert form.days[0]["count"] == 2
    assert [part["whole"] for part in form.days[2]["parts"]] == [True, False, False, False]


def test_too_many_moves_are_said_beside_the_place(ana, client, settings):
    settings.MATCH_JUMPS_A_DAY = 1
    for place in ("Zürich", "Graz"):
        assert client.post(PAGE, GIVEN | {"place": place}).status_code == 302
    page = client.post(PAGE, GIVEN | {"place": "Vienna", "radius_km": "99"})
    assert "once a day" in page.content.decode()
    assert (round(saved(ana).latitude), saved(ana).radius_km) == (47, 15)


def test_a_part_is_ticked_and_unticked_whole(ana, client):
    client.post(PAGE, GIVEN | {"slot": [], "part": ["1-early"]})
    assert [slot.half for slot in week.unpack(bytes(saved(ana).week))] == list(range(10, 18))
    halves = [f"1-{half}" for half in range(10, 18)]
    client.post(PAGE, GIVEN | {"slot": halves, "part": ["1-early"], "whole": ["1-early"]})
    assert len(week.unpack(bytes(saved(ana).week))) == 8
    client.post(PAGE, GIVEN | {"slot": halves[:-1], "part": ["1-early"], "whole": ["1-early"]})
    assert len(week.unpack(bytes(saved(ana).week))) == 7
    client.post(PAGE, GIVEN | {"slot": halves, "whole": ["1-early"]})
    assert week.unpack(bytes(saved(ana).week)) == []


def test_the_gym_is_chosen_from_studios_around(ana, client):
    studio = make_studio(make_chain())
    make_fitness(ana)
    assert (studio.public_id, "Limmat Hall, Zürich") in client.get(PAGE).context["form"].fields["gym"].choices
    client.post(PAGE, GIVEN | {"gym": studio.public_id})
    assert saved(ana).gym == studio
    studio.is_active = False
    studio.save()
    assert "Limmat Hall" in client.get(PAGE).content.decode()


def test_the_preview_answers_the_wishes_on_the_page_and_keeps_nothing(ana, client):
    make_fitness(ana)
    for number in range(12):
        make_fitness(make_user(f"runner_{number}"), skills={"running": 3}, level_gap=2)
    text = client.post(f"{PAGE}fit", GIVEN | {"same_gender_only": ""}).content.decode()
    assert ("About 10 people" in text or "About 15 people" in text or "Fewer than 10" in text) is True
    text = client.post(f"{PAGE}fit", GIVEN | {"same_gender_only": "", "sport": ["yoga"], "skill": ["2"]})
    assert "Fewer than 10 people fit" in text.content.decode()
    assert saved(ana).skills == {"running": 2}


def test_the_preview_says_why_nobody_fits(ana, client):
    make_fitness(ana)
    assert "own gender" in client.post(f"{PAGE}fit", GIVEN | {"gender": ""}).content.decode()
    assert "18th birthday" in client.post(f"{PAGE}fit", GIVEN | {"born_on": "2010-01-01"}).content.decode()
    assert "resting" in client.post(f"{PAGE}fit", GIVEN | {"is_paused": "on"}).content.decode()
    assert "a sport" in client.post(f"{PAGE}fit", GIVEN | {"sport": [], "skill": []}).content.decode()
    assert client.post(f"{PAGE}fit", {}).status_code == 200


def test_one_more_row_of_sports(ana, client):
    assert client.get(f"{PAGE}sport/").content.decode().count("<select") == 2


def test_deleting_asks_first(ana, client):
    make_fitness(ana)
    assert client.get(f"{PAGE}delete/").status_code == 200
    assert saved(ana).is_ready is True
    assert client.post(f"{PAGE}delete/").status_code == 302
    assert saved(ana).skills == {}


def test_members_see_sports_and_levels_on_a_page_and_visitors_do_not(ana, client):
    kim = make_fitness(make_user("kim"), skills={"yoga": 1, "running": 3}, point=ZURICH, week=EARLY).user
    text = client.get("/@kim").content.decode()
    assert text.index("Running · Advanced") < text.index("Yoga · Beginner")
    assert "06:30" not in text
    Profile.objects.filter(user=kim).update(visibility={"level": "nobody"})
    assert "Running · Advanced" not in client.get("/@kim").content.decode()
    Profile.objects.filter(user=kim).update(visibility={}, is_private=True)
    assert "Running · Advanced" not in client.get("/@kim").content.decode()
    Profile.objects.filter(user=kim).update(is_private=False)
    client.logout()
    assert "Running · Advanced" not in client.get("/@kim").content.decode()


def test_nobody_without_sports_has_a_section(ana, client):
    make_user("kim")
    assert "fitness-title" not in client.get("/@kim").content.decode()


def test_clocks_that_are_not_those_at_home_are_said_and_set_in_one_press(ana, client):
    assert "Your clocks are not" not in client.get(PAGE).content.decode()
    make_fitness(ana)
    assert "Use Europe/Zurich" in client.get(PAGE).content.decode()
    page = client.post(f"{PAGE}clocks", follow=True).content.decode()
    assert "Your clocks are now those of Europe/Zurich." in page
    assert "Your clocks are not" not in page
    ana.preferences.refresh_from_db()
    assert ana.preferences.time_zone == "Europe/Zurich"
    assert "Your clocks are now" not in client.post(f"{PAGE}clocks", follow=True).content.decode()


def test_another_name_for_the_same_time_is_no_other_clock(ana, client):
    make_fitness(ana)
    ana.preferences.time_zone = "Europe/Berlin"
    ana.preferences.save()
    assert "Your clocks are not" not in client.get(PAGE).content.decode()


def test_a_visitor_has_no_clocks_to_set(client):
    assert client.post(f"{PAGE}clocks").status_code == 302
