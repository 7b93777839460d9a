import pytest

from fitfoodie.search.questions import MAX_CLAUSES, parse


def shown(text):
    """Each clause in one line: -excluded, "phrase", prefix*."""
    return [
        f"{'-' * clause.is_excluded}{' '.join(clause.words)}{'*' * clause.is_prefix}" for clause in parse(text).clauses
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chicken", ["chicken*"]),
        ("Chicken Bow", ["chicken", "bow*"]),
        ('"mac and cheese" quick', ["mac cheese", "quick*"]),
        ("“mac cheese”", ["mac cheese"]),
        ('"egg"', ["egg"]),
        ('unfinished "quote', ["unfinished", "quote*"]),
        ("chicken -soup", ["chicken", "-soup"]),
        ('-"ice cream" cake', ["-ice cream", "cake*"]),
        ("stir-fry", ["stir", "fry*"]),
        ("chicken with", ["chicken"]),
        ("the", ["the*"]),
        ("鱼", ["鱼"]),
        ("糖醋鲤鱼", ["糖 醋 鲤 鱼"]),
        ("糖醋 fish", ["糖 醋", "fish*"]),
        ("10g盐", ["10g", "盐"]),
        ("b", ["b"]),
        ("!!! 🍕 ---", []),
        ("", []),
        ("\x00", []),
    ],
)
def test_parse(text, expected):
    assert shown(text) == expected


def test_long_text_is_cut_to_what_a_search_can_use():
    assert len(parse("word " * 2000).clauses) == MAX_CLAUSES


def test_span_is_where_the_word_was_typed():
    text = '  "ice cream"  Chiken'
    assert [text[slice(*clause.span)] for clause in parse(text).clauses] == ["ice cream", "Chiken"]
