import pytest

from classes.validators import clean_dispute, clean_tags, clean_text, held_back_for, why_held_back
from fitfoodie.common.errors import DomainError


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Write me: anna.b+x@mail.example.org", "contact"),
        ("anna (at) mail (dot) com", "contact"),
        ("0041 79 123 45 67 after six", "contact"),
        ("079/123.45.67", "contact"),
        ("See https://cheap.example", "link"),
        ("see www.cheap.example", "link"),
        ("better at cheapgym.com", "link"),
        ("You ASSHOLE", "abuse"),
        ("you a s s h o l e", "abuse"),
        ("you a\u200bss\u200bhole", "abuse"),
        ("you \uff41\uff53\uff53\uff48\uff4f\uff4c\uff45", "abuse"),
        ("\u0430ssh\u043ele", "abuse"),
        ("a55h0le", "abuse"),
        ("Chicken breast after class, 3 x 12 reps at 62.5 kg", ""),
        ("Room 12, 18:30-19:30, 20.11.2026", ""),
        ("Sclassic Scunthorpe studio. Great!", ""),
        ("Kurs um 18 Uhr. Top.", ""),
        ("瑜伽很好，下次再来", ""),
        ("", ""),
    ],
)
def test_what_waits_for_a_look(text, why):
    assert held_back_for(text) == why


def test_texts_are_cleaned():
    assert clean_text("  e\u0301\x00\r\n ") == "é"
    assert why_held_back("filter:link") == "It seems to hold a link."
    assert why_held_back("Bought") == "Bought"


def test_a_dispute_says_something_and_tags_are_known():
    with pytest.raises(DomainError):
        clean_dispute("  ")
    with pytest.raises(DomainError):
        clean_tags(["rude"])
    assert clean_tags(["punctual"]) == {"punctual"}
