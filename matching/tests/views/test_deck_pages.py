from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from matching.enums import Verb
from matching.models import Impression, Match, MatchAction
from matching.services.actions import act
from matching.tests.factories import make_fitness, make_user
from matching.views.cards import segments_of
from social.services.block import block_person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PAGES = ["/partners/", "/partners/matches/", "/partners/likes/", "/partners/news/"]


@pytest.fixture
def maya():
    return make_fitness(make_user("maya")).user


@pytest.fixture
def leo():
    return make_fitness(make_user("leo")).user


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


def say(client, handle, verb, **more):
    return client.post("/partners/answer", {"handle": handle, "do": verb}, **more)


def text_of(answer):
    return answer.content.decode()


def make_match(one, other):
    low, high = sorted((one, other), key=lambda person: person.pk)
    return Match.objects.create(low=low, high=high, matched_at=timezone.now())


@pytest.mark.parametrize("page", PAGES)
def test_visitors_are_asked_to_sign_in(client, page):
    assert client.get(page).status_code == 302


def test_the_deck_shows_one_person_and_counts_them_as_shown(maya, leo):
    make_fitness(make_user("zoe"), skills={"running": 3})
    page = text_of(client_of(maya).get("/partners/"))
    assert 'id="partner-leo"' in page
    assert "partner-zoe" not in page
    assert 'role="img" aria-label="' in page
    assert "has-more" in page
    assert list(Impression.objects.values_list("viewer_id", "candidate_id", "position")) == [(maya.pk, leo.pk, 1)]


def test_a_question_for_the_headers_shows_nobody(maya, leo):
    client_of(maya).head("/partners/")
    assert Impression.objects.count() == 0


def test_the_ring_is_as_long_as_the_score():
    parts = segments_of({"level": 20, "interests": 10, "location": 0, "schedule": 25, "history": 5})
    assert [one.points for one in parts] == [20, 10, 0, 25, 5]
    assert [one.offset for one in parts] == ["0", "-20", "-30", "-30", "-55"]
    assert parts[0].dash == "19.10 80.90"
    assert [one.most for one in parts] == [20, 25, 20, 25, 10]


def test_plain_forms_answer_and_lead_back(maya, leo):
    client = client_of(maya)
    answer = client.post("/partners/answer?radius_km=5", {"handle": "leo", "do": "pass"})
    assert (answer.status_code, answer["Location"]) == (302, "/partners/?radius_km=5")
    page = text_of(client.get("/partners/"))
    assert "You passed Leo." in page
    assert "That was everybody for now" in page
    assert client.post("/partners/undo").status_code == 302
    assert 'id="partner-leo"' in text_of(client.get("/partners/"))


def test_htmx_gets_the_next_card_alone(maya, leo):
    page = text_of(say(client_of(maya), "leo", "like", headers=HTMX))
    assert "<html" not in page
    assert "They see it only if they like you too." in page


def test_a_super_like_says_before_and_after_that_it_is_seen(maya, leo):
    client = client_of(maya)
    assert "Leo will see at once that you super-liked them." in text_of(client.get("/partners/"))
    assert "Leo sees that you super-liked them." in text_of(say(client, "leo", "super_like", headers=HTMX))
    assert "Super-liked you" in text_of(client_of(leo).get("/partners/"))


def test_spent_super_likes_are_said_before_pressing(maya, leo, settings):
    settings.MATCH_SUPER_LIKES_A_DAY = 0
    client = client_of(maya)
    page = text_of(client.get("/partners/"))
    assert "Send super like" not in page
    assert "0 super likes" in page
    assert "The next is yours in" in text_of(say(client, "leo", "super_like", headers=HTMX))
    assert say(client, "leo", "super_like").status_code == 302
    assert "The next is yours in" in text_of(client.get("/partners/"))


def test_somebody_who_left_the_deck_is_said_to_be_gone(maya):
    make_user("couch")
    assert "not in your deck any more" in text_of(say(client_of(maya), "couch", "like", headers=HTMX))


@pytest.mark.parametrize(("handle", "verb"), [("nobody", "like"), ("leo", "wink"), ("leo", "")])
def test_odd_answers_are_not_there(maya, leo, handle, verb):
    assert say(client_of(maya), handle, verb).status_code == 404


def test_a_pass_can_be_for_good(maya, leo):
    client_of(maya).post("/partners/answer", {"handle": "leo", "do": "pass", "for_good": "yes"})
    assert MatchAction.objects.get().returns_at is None


def test_filters_narrow_and_are_kept_by_the_answers(maya, leo):
    make_fitness(make_user("zoe"), skills={"running": 3})
    page = text_of(client_of(maya).get("/partners/?level_gap=0&radius_km=5&x=1", headers=HTMX))
    assert 'action="/partners/answer?radius_km=5&amp;level_gap=0"' in page
    assert "has-more" not in page


def test_odd_filters_are_left_out(maya, leo):
    assert 'id="partner-leo"' in text_of(client_of(maya).get("/partners/?level_gap=x&radius_km=-1"))


def test_an_empty_deck_says_what_to_do(maya):
    client = client_of(maya)
    assert "That was everybody for now" in text_of(client.get("/partners/"))
    maya.fitness.week = bytes(42)
    maya.fitness.save()
    assert "You have not said when you train" in text_of(client.get("/partners/"))
    maya.fitness.is_paused = True
    maya.fitness.save()
    assert "You are resting" in text_of(client.get("/partners/"))
    maya.fitness.is_paused = False
    maya.fitness.born_on = timezone.now().date() - timedelta(days=365 * 17)
    maya.fitness.save()
    assert "For adults" in text_of(client.get("/partners/"))
    assert "Say how you train" in text_of(client_of(make_user("new")).get("/partners/"))


def test_a_match_is_shown_to_both_once_on_whatever_page(maya, leo):
    first, second = client_of(maya), client_of(leo)
    say(second, "maya", "like")
    page = text_of(say(first, "leo", "like", headers=HTMX))
    assert "It&#x27;s a match" in page or "It's a match" in page
    match = Match.objects.get()
    assert first.get("/partners/news/").status_code == 204
    told = second.get("/partners/news/")
    assert told.status_code == 200
    assert f'href="/partners/matches/{match.public_id}/"' in text_of(told)
    assert second.get("/partners/news/").status_code == 204
    assert "data-match-news" not in text_of(second.get("/partners/matches/"))


def test_a_match_with_somebody_blocked_is_not_told(maya, leo):
    make_match(maya, leo)
    block_person(blocker=leo, person_id=maya.pk, now=timezone.now())
    assert client_of(maya).get("/partners/news/").status_code == 204


def test_matches_are_listed_with_the_next_time(maya, leo):
    match = make_match(maya, leo)
    page = text_of(client_of(maya).get("/partners/matches/"))
    assert f"/partners/matches/{match.public_id}/" in page
    assert "Both free" in page
    assert "No matches yet" in text_of(client_of(make_user("new")).get("/partners/matches/"))


def test_super_likes_can_be_answered_where_they_stand(maya, leo):
    act(actor=leo, target_id=maya.pk, verb=Verb.SUPER_LIKE, now=timezone.now())
    client = client_of(maya)
    assert "Like back" in text_of(client.get("/partners/likes/"))
    answer = client.post("/partners/answer", {"handle": "leo", "do": "like", "from": "likes"})
    assert answer["Location"] == "/partners/likes/"
    page = text_of(client.get("/partners/likes/"))
    assert "No super likes waiting" in page
    assert "data-match-news" in page


def test_the_page_of_two_shows_times_and_reasons(maya, leo):
    match = make_match(maya, leo)
    page = text_of(client_of(maya).get(f"/partners/matches/{match.public_id}/"))
    for words in ("You and Leo", "06:30–07:30", "Why you fit", "End the match"):
        assert words in page


def test_the_page_of_two_does_without_profiles(maya, leo):
    match = make_match(maya, leo)
    leo.fitness.delete()
    assert "Your weeks do not meet yet" in text_of(client_of(maya).get(f"/partners/matches/{match.public_id}/"))


def test_the_page_of_two_is_theirs_alone(maya, leo):
    address = f"/partners/matches/{make_match(maya, leo).public_id}/"
    stranger = client_of(make_user("stranger"))
    assert (stranger.get(address).status_code, stranger.post(f"{address}end").status_code) == (404, 404)
    block_person(blocker=maya, person_id=leo.pk, now=timezone.now())
    assert client_of(leo).get(address).status_code == 404


def test_ending_a_match_hides_it_from_both(maya, leo):
    address = f"/partners/matches/{make_match(maya, leo).public_id}/"
    answer = client_of(maya).post(f"{address}end", follow=True)
    assert "no match any more" in text_of(answer)
    for person in (maya, leo):
        assert client_of(person).get(address).status_code == 404
