import pytest

from classes.filters import SessionFilters
from classes.spoken import understand


@pytest.mark.parametrize(
    ("said", "text", "meant"),
    [
        ("gentle yoga tuesday evening near me", "gentle yoga", {"day": ("tue",), "part": ("evening",), "near": "me"}),
        (
            "sanftes Yoga am Dienstagabend in meiner Nähe",
            "sanftes Yoga",
            {"day": ("tue",), "part": ("evening",), "near": "me"},
        ),
        ("Boxen morgen früh", "Boxen", {"day": ("tomorrow",), "part": ("morning",)}),
        ("pilates tomorrow", "pilates", {"day": ("tomorrow",)}),
        ("Pilates morgens", "Pilates", {"part": ("morning",)}),
        ("yoga in the morning", "yoga", {"part": ("morning",)}),
        ("free yoga for beginners this weekend", "yoga", {"free": True, "level": ("beginner",), "day": ("weekend",)}),
        (
            "kostenlos Tanz für Anfänger am Wochenende",
            "Tanz",
            {"free": True, "level": ("beginner",), "day": ("weekend",)},
        ),
        ("spinning tonight with free seats", "spinning", {"day": ("today",), "part": ("evening",), "has_seats": True}),
        ("heute abend", "", {"day": ("today",), "part": ("evening",)}),
        ("advanced hiit online", "hiit", {"level": ("advanced",), "format": ("online",)}),
        ("yoga mondays and fridays", "yoga and", {"day": ("mon", "fri")}),
        ("yoga in Zürich on saturday", "yoga", {"city": "Zürich", "day": ("sat",)}),
        ("running in the park", "running in the park", {}),
        ("sun salutation", "sun salutation", {}),
        ("sugar-free cooking", "sugar-free cooking", {}),
        ('"tuesday flow" evening', '"tuesday flow" evening', {}),
        ("", "", {}),
    ],
)
def test_what_is_said_is_understood(said, text, meant):
    assert understand(SessionFilters(q=said)) == SessionFilters(q=text, **meant)


def test_what_is_set_stays_and_is_added_to():
    filters = SessionFilters(q="yoga tuesday near me in Bern", day=("mon",), near="47,8")
    assert understand(filters) == SessionFilters(q="yoga in Bern", day=("mon", "tue"), near="47,8")


def test_understood_filters_read_back_equal():
    from django.http import QueryDict  # noqa: PLC0415

    filters = understand(SessionFilters(q="free yoga tuesday evening near me", radius_km=5.0, starts_from="2026-06-15"))
    assert SessionFilters.from_query(QueryDict(filters.to_query())) == filters
    assert filters.without("day", "tue").day == ()
    assert filters.without("near").near == ""
