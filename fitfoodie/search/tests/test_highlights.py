import pytest

from fitfoodie.search.highlights import offsets, snippet
from fitfoodie.search.questions import parse


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("Roast Chickens & rice", "chicken", "Roast <mark>Chickens</mark> &amp; rice"),
        ("Crème brûlée", "brulee", "Crème <mark>brûlée</mark>"),
        ("<b>egg</b>", "egg", "&lt;b&gt;<mark>egg</mark>&lt;/b&gt;"),
        ("Mac and cheese", '"mac cheese"', "<mark>Mac and cheese</mark>"),
        ("清蒸鲈鱼", "鲈鱼", "清蒸<mark>鲈鱼</mark>"),
        ("Bowl of bowties", "bow", "<mark>Bowl</mark> of <mark>bowties</mark>"),
    ],
)
def test_snippet_marks_what_was_asked_for_and_escapes_the_rest(text, asked, expected):
    assert snippet(text, parse(asked)) == expected


def test_snippet_without_a_match_is_none():
    assert snippet("Roast chicken", parse("soup -chicken")) is None


def test_snippet_of_a_long_text_is_cut_around_the_first_match():
    text = "word " * 100 + "chicken " + "word " * 100
    found = snippet(text, parse("chicken"))
    assert found.startswith("…word")
    assert found.endswith("…")
    assert "<mark>chicken</mark>" in found


def test_snippet_of_a_long_run_without_spaces_is_cut_too():
    assert snippet("盐" * 300 + "鱼", parse("鱼")).endswith("<mark>鱼</mark>")


def test_overlapping_matches_are_one():
    assert offsets("mac cheese", parse('"mac cheese" mac')) == [(0, 10)]
