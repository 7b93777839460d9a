import pytest

from meals.importing import values


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("PT30M", 30),
        ("PT1H15M", 75),
        ("P0DT0H20M", 20),
        ("P1D", 1440),
        ("PT90S", 2),
        ("pt1.5h", 90),
        (25, 25),
        ("", None),
        ("half an hour", None),
        ("PT0M", None),
        (True, None),
        (-5, None),
        (float("nan"), None),
        (None, None),
        ("PT99999999999H", None),
    ],
)
def test_minutes(value, expected):
    assert values.minutes(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("4", 4),
        ("4 to 6 servings", 4),
        (["about a dozen", "12 muffins"], 12),
        (8, 8),
        ("serves a crowd", None),
        ("0", None),
        ("100000000000000000000000", None),
        ("000001" + "0" * 5000, 1),
        (None, None),
    ],
)
def test_servings(value, expected):
    assert values.servings(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<p>Stir.</p><p>Wait <b>long</b>.</p>", "Stir.\nWait long."),
        ("salt &amp;amp; pepper", "salt & pepper"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<script>alert(1)</script>safe", "safe"),
        ("half a \ud83d face\x00", "half a face"),
        ({"not": "text"}, ""),
        (None, ""),
    ],
)
def test_plain(value, expected):
    assert values.plain(value) == expected


def test_words_of_lists_and_commas_each_once():
    assert values.words(["soup, quick", "Soup", "quick"]) == ["soup", "quick", "Soup"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [({"name": "Rosa"}, "Rosa"), ([{"name": ""}, "Rosa"], "Rosa"), ("Rosa", "Rosa"), (None, "")],
)
def test_name_of(value, expected):
    assert values.name_of(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://a.test/1.jpg", "https://a.test/1.jpg"),
        ({"url": ["https://a.test/2.jpg"]}, "https://a.test/2.jpg"),
        ([{"contentUrl": "https://a.test/3.jpg"}], "https://a.test/3.jpg"),
        ("javascript:alert(1)", ""),
        ("/relative.jpg", ""),
    ],
)
def test_first_address(value, expected):
    assert values.first_address(value) == expected


def test_json_of_strangers_is_kept_as_every_database_can():
    nan, infinity = float("nan"), float("inf")
    document = {"a\x00": "b\ud800c", "n": [nan, infinity, -infinity, 1.5, True, None], "deep": 1}
    assert values.storable(document) == {"a": "bc", "n": [None, None, None, 1.5, True, None], "deep": 1}


def test_json_deeper_than_the_limit_is_cut_off():
    document = nested = {}
    for _ in range(values.MOST_DEPTH + 5):
        nested["in"] = nested = {}
    assert str(values.storable(document)).count("in") == values.MOST_DEPTH
