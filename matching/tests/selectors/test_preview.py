import pytest

from matching.selectors.places import about_here, gyms_around
from matching.selectors.preview import Crowd, blurred, people_who_fit
from matching.tests.factories import NOW, make_fitness, make_user

QUESTIONS = [f"question {number}" for number in range(200)]


def test_the_same_question_has_the_same_answer():
    assert len({blurred(34, "mine") for _ in range(10)}) == 1


def test_one_person_more_is_not_told_apart():
    """Of 33 and 34 the answers are the same ones: whoever sees one of them cannot say which it was."""
    assert {blurred(33, question) for question in QUESTIONS} == {blurred(34, question) for question in QUESTIONS}


@pytest.mark.parametrize("count", range(10))
def test_few_are_never_counted(count):
    assert {blurred(count, question) for question in QUESTIONS} == {None}


@pytest.mark.parametrize("count", [12, 34, 99, 640])
def test_the_answer_is_near_enough_to_choose_by(count):
    said = [blurred(count, question) for question in QUESTIONS]
    assert all(abs(about - count) <= 6 and about % 5 == 0 for about in said if about is not None)


@pytest.mark.django_db
def test_many_are_only_said_to_be_many(monkeypatch):
    monkeypatch.setattr("matching.selectors.preview.MANY", 2)
    ana = make_fitness(make_user("ana"))
    for name in ("kim", "leo", "max"):
        make_fitness(make_user(name))
    assert people_who_fit(ana, now=NOW) == Crowd(2, is_more=True)


@pytest.mark.django_db
def test_without_a_place_there_are_no_words_for_it_and_studios_by_name():
    ana = make_fitness(make_user("ana"))
    ana.latitude = ana.longitude = ana.cell_latitude = ana.cell_longitude = None
    assert (about_here(ana), list(gyms_around(ana))) == ("", [])
