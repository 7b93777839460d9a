"""Every code has its sentence, and none stumbles."""

import pytest
from django.utils import translation

from matching.recommender.base import Raise, Reason
from matching.selectors.words import band_words, people_words, raise_sentence, sentence, sport_word

CASES = [
    (Reason("times", {"sports": (), "half": 13, "days": (1,)}), "You both train at 06:30 on Tuesdays"),
    (
        Reason("times", {"sports": ("golf",), "half": 36, "days": (0, 2, 6)}),
        "You are both into golf, and both train at 18:00 on Mondays, Wednesdays and Sundays",
    ),
    (Reason("sports", {"sports": ("yoga",)}), "You both do yoga"),
    (Reason("sports", {"sports": ("yoga", "golf")}), "You are both into yoga and golf"),
    (Reason("same_level", {"sports": ("yoga", "golf")}), "Same level in yoga and golf"),
    (Reason("near_level", {"sports": ("yoga",)}), "One level apart in yoga"),
    (Reason("distance", {"band": 0}), "Less than 2 km apart"),
    (Reason("distance", {"band": 2}), "About 5 km apart"),
    (Reason("distance", {"band": 7}), "More than 75 km apart"),
    (Reason("liked", {"sport": "running", "part": "evening", "count": 2}), "You liked 2 evening runners"),
]


@pytest.mark.parametrize(("reason", "text"), CASES)
def test_sentence_of_each_reason(reason, text):
    assert sentence(reason) == text


@pytest.mark.parametrize(
    ("sport", "part", "count", "text"),
    [
        ("running", "morning", 1, "1 morning runner"),
        ("running", "midday", 2, "2 midday runners"),
        ("running", "unsaid", 2, "2 people for running"),
        ("yoga", "morning", 2, "2 people who train in the morning: yoga"),
        ("yoga", "midday", 1, "1 person who trains around midday: yoga"),
        ("yoga", "evening", 2, "2 people who train in the evening: yoga"),
    ],
)
def test_kinds_of_people(sport, part, count, text):
    assert people_words(sport, part, count) == text


def test_sentence_of_each_raise():
    assert raise_sentence(Raise("add_times", {"day": 3, "part": "evening"}, 6)) == (
        "Add Thursday evening and this rises by about 6"
    )
    assert raise_sentence(Raise("add_sport", {"sport": "yoga"}, 8)) == (
        "If you do yoga too, add it and this rises by about 8"
    )


def test_distances_on_cards():
    assert [band_words(band) for band in (0, 2, 7)] == ["< 2 km", "~5 km", "> 75 km"]


def test_german_sports_keep_their_capital():
    with translation.override("de"):
        assert sport_word("running")[0].isupper()
    with translation.override("en"):
        assert sport_word("running") == "running"
