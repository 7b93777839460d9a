"""Where people look for ratings, they are: of a class, of a studio, of whoever teaches (CLS-16, N37)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from classes.enums import RsvpStatus
from classes.services.ratings import rate_session, remove_rating, reply_to_rating
from classes.tests.factories import NOW, make_class_type, make_rsvp, make_session, make_staff, make_studio, make_user
from social.models import Block

pytestmark = pytest.mark.usefixtures("at_now")
PAST = NOW - timedelta(days=3)
INSTRUCTOR = "/instructors/ada/ratings/"


def rate(session, name, stars, text=""):
    person = make_user(name)
    make_rsvp(session, person, RsvpStatus.ATTENDED)
    return rate_session(author=person, session_id=session.pk, stars=stars, text=text, now=NOW)


@pytest.fixture
def held(studio, ada):
    """A class of Ada that is over, and one that is to come."""
    make_session(studio, instructor=ada)
    return make_session(studio, instructor=ada, starts_at=PAST)


@pytest.fixture
def three(held):
    return [rate(held, name, stars, f"Words of {name}") for name, stars in (("bea", 5), ("cem", 5), ("dia", 2))]


@pytest.fixture
def moderator(db):
    person = make_user("moderator")
    person.is_superuser = True
    person.save()
    return person


@pytest.fixture(params=["session", "studio", "profile", "instructor"])
def address(request, held, studio):
    addresses = {
        "session": held.get_absolute_url(),
        "studio": studio.get_absolute_url(),
        "profile": "/@ada",
        "instructor": INSTRUCTOR,
    }
    return addresses[request.param]


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def words_in(text):
    return [name for name in ("bea", "cem", "dia") if f"Words of {name}" in text]


def test_average_count_and_words_are_shown(client, three, address):
    text = text_of(client, address)
    assert "<b>4.0</b>" in text
    assert words_in(text) == ["bea", "cem", "dia"]


def test_two_have_no_average(client, held, address):
    for name, stars in (("bea", 5), ("cem", 4)):
        rate(held, name, stars, f"Words of {name}")
    text = text_of(client, address)
    assert "<b>4.5</b>" not in text
    assert words_in(text) == ["bea", "cem"]


def test_removed_rating_leaves_at_once(client, three, address, moderator):
    remove_rating(rating_id=three[0].pk, actor=moderator, reason="Advertising.", now=NOW)
    text = text_of(client, address)
    assert ("<b>4.0</b>" in text, "<b>3.5</b>" in text) == (False, False)
    assert words_in(text) == ["cem", "dia"]


def test_blocked_pair_does_not_read_each_other(client, three, address, sam):
    Block.objects.create(blocker=three[0].author, blocked=sam, blocked_at=NOW)
    client.force_login(sam)
    text = text_of(client, address)
    assert words_in(text) == ["cem", "dia"]
    assert "<b>4.0</b>" in text  # the same for everybody


def test_rows_cost_no_queries(client, held, address):
    counts = []
    client.get(address)
    for names in ("a", "bc"):
        for name in names:
            rate(held, f"rater_{name}", 5, "Good.")
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_answer_of_the_studio_is_shown(client, three, studio, held):
    owner = make_user("owner")
    make_staff(studio.chain, owner)
    reply_to_rating(actor=owner, rating_id=three[0].pk, text="Come again!", now=NOW)
    assert "Come again!" in text_of(client, held.get_absolute_url())


def test_studio_counts_what_was_held_there_alone(client, three, studio):
    other = make_studio(studio.chain, "Other")
    rate(make_session(other, starts_at=PAST), "eva", 1)
    standings = [client.get(each.get_absolute_url()).context["standing"] for each in (studio, other)]
    assert [(one.count, one.average) for one in standings] == [(3, 4.0), (1, None)]
    assert [(bar.stars, bar.count, bar.percent) for bar in standings[0].bars] == [
        (5, 2, 67),
        (4, 0, 0),
        (3, 0, 0),
        (2, 1, 33),
        (1, 0, 0),
    ]


def test_session_page_shows_stars_of_the_class_and_of_the_teacher(client, three, studio, ada):
    other = make_class_type(studio.chain, "Boxing")
    session = make_session(studio, class_type=other, instructor=ada, starts_at=NOW + timedelta(days=5))
    page = client.get(session.get_absolute_url())
    assert page.context["standing"].count == 0
    assert page.context["instructor_stars"] == {"average": 4.0, "count": 3}


def test_who_was_there_is_led_to_rate(client, held, sam, ada):
    make_rsvp(held, sam, RsvpStatus.ATTENDED)
    link = reverse("classes:rate", args=[held.public_id])
    shown = []
    for who in (sam, ada):
        client.force_login(who)
        shown.append(link in text_of(client, held.get_absolute_url()))
    assert shown == [True, False]


def test_ratings_go_on_by_page(client, held):
    for number in range(12):
        rate(held, f"rater_{number}", 5)
    first = client.get(held.get_absolute_url())
    assert (len(first.context["ratings"]), first.context["ratings_more"]) == (10, f"{held.get_absolute_url()}?page=2")
    second = client.get(first.context["ratings_more"])
    assert (len(second.context["ratings"]), second.context["ratings_more"]) == (2, "")
    assert len(client.get(f"{held.get_absolute_url()}?page=no").context["ratings"]) == 10


def test_profile_shows_three_and_leads_to_all(client, held):
    for number in range(4):
        rate(held, f"rater_{number}", 5)
    text = text_of(client, "/@ada")
    assert text.count('class="review"') == 3
    assert INSTRUCTOR in text


def test_page_of_a_teacher_whom_nobody_rated_is_not_there(client, held):
    assert client.get(INSTRUCTOR).status_code == 404


def test_page_of_a_private_or_blocking_teacher_is_not_there(client, three, ada, sam):
    client.force_login(sam)
    block = Block.objects.create(blocker=ada, blocked=sam, blocked_at=NOW)
    assert client.get(INSTRUCTOR).status_code == 404
    block.delete()
    ada.profile.is_private = True
    ada.profile.save()
    assert client.get(INSTRUCTOR).status_code == 404


def test_old_handle_leads_to_the_new_one(client, three, ada):
    answer = client.get(INSTRUCTOR.replace("ada", "ADA"))
    assert (answer.status_code, answer["Location"]) == (301, INSTRUCTOR)


def test_chain_page_shows_stars_of_what_is_taught(client, chain, studio):
    make_class_type(chain, "Rated", rating_average=4.4, rating_count=3)
    assert "<b>4.4</b>" in text_of(client, reverse("classes:chain", args=[chain.slug]))


def test_teacher_sees_own_stars_beside_their_week(client, three, ada):
    client.force_login(ada)
    assert INSTRUCTOR in text_of(client, "/teach/")


def test_api_gives_both_ratings(client, three, held):
    found = client.get(f"/api/v1/classes/{held.public_id}").json()
    assert (found["rating"], found["instructor_rating"]) == ({"average": 4.0, "count": 3},) * 2


def test_api_gives_a_count_without_average_where_nobody_rated(client, held):
    found = client.get(f"/api/v1/classes/{held.public_id}").json()
    assert (found["rating"], found["instructor_rating"]) == ({"average": None, "count": 0},) * 2


def test_api_gives_no_rating_of_a_teacher_who_is_not_shown(client, three, held, ada, sam):
    Block.objects.create(blocker=ada, blocked=sam, blocked_at=NOW)
    client.force_login(sam)
    assert client.get(f"/api/v1/classes/{held.public_id}").json()["instructor_rating"] is None
