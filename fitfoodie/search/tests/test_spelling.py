import pytest

from fitfoodie.search.spelling import Candidate, allowed_edits, best, better_known, may_be_rare

WORDS = [
    Candidate("chicken", 70, 30),
    Candidate("chickpeas", 12, 3),
    Candidate("thicken", 5),
    Candidate("broccoli", 7, 4),
    Candidate("tofu", 8, 2),
    Candidate("too", 60),
    Candidate("recipe", 200, 2),
    Candidate("recipient", 3),
    Candidate("onion", 200, 20),
]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("chiken", "chicken"),
        ("hcicken", "chicken"),
        ("brocoli", "broccoli"),
        ("tofo", "tofu"),
        ("recepie", "recipe"),
        ("oinon", "onion"),
        ("xylophone", None),
        ("zz", None),
    ],
)
def test_best_is_the_likeliest_word(word, expected):
    guess = best(word, WORDS, is_prefix=False)
    assert (guess and guess.candidate.word) == expected


def test_best_prefix_is_held_against_beginnings():
    assert best("brocol", WORDS) is None or best("brocol", WORDS).candidate.word == "broccoli"
    assert best("chikpe", WORDS, is_prefix=True).candidate.word == "chickpeas"


def test_whole_word_is_likelier_than_a_beginning():
    assert best("recepie", WORDS, is_prefix=True).candidate.word == "recipe"


def test_nothing_to_choose_from():
    assert best("chiken", []) is None


@pytest.mark.parametrize(("word", "edits"), [("ab", 0), ("abc", 1), ("abcd", 1), ("abcde", 2)])
def test_longer_words_may_be_wronger(word, edits):
    assert allowed_edits(word) == edits


def test_rare_word_gives_way_only_to_a_far_commoner_neighbour():
    assert better_known(Candidate("chiken", 1), WORDS) == "chicken"
    assert better_known(Candidate("chiken", 1, titles=1), WORDS) == "chicken"
    assert better_known(Candidate("chiken", 2, titles=1), WORDS) is None
    assert better_known(Candidate("chiken", 20), WORDS) is None
    assert better_known(Candidate("recipes", 1), [Candidate("recipe", 200)]) is None


@pytest.mark.parametrize(
    ("known", "expected"),
    [(Candidate("chiken", 1), True), (Candidate("beet", 1), False), (Candidate("chicken", 501), False)],
)
def test_may_be_rare(known, expected):
    assert may_be_rare(known) is expected
