import pytest

from fitfoodie.search.analysis import fold, indexed_terms, tokens, vocabulary, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Älplermagronen", "alplermagronen"),
        ("Crème Brûlée", "creme brulee"),
        ("STRASSE straße", "strasse strasse"),
        ("smørrebrød Łosoś", "smorrebrod losos"),
        ("ＡＢＣ １２３", "abc 123"),
    ],
)
def test_fold_drops_case_diacritics_and_width(text, expected):
    assert fold(text) == expected


def test_tokens_tell_where_each_word_stands():
    text = "Chef's crème, 10g盐!"
    assert [(token.word, text[token.start : token.end]) for token in tokens(text)] == [
        ("chef", "Chef's"),
        ("creme", "crème"),
        ("10g", "10g"),
        ("盐", "盐"),
    ]


def test_decomposed_accents_stay_inside_their_word():
    assert [token.word for token in tokens("cre\u0300me bru\u0302le\u0301e")] == ["creme", "brulee"]


def test_english_is_stemmed_and_loses_its_stop_words():
    assert indexed_terms(words("The chickens with berries"), language="en-GB") == ["chicken", "berri"]


def test_other_languages_keep_their_words():
    assert indexed_terms(words("Kartoffeln dünsten"), language="de") == ["kartoffeln", "dunsten"]


def test_ideographs_are_one_term_each():
    assert indexed_terms(words("糖醋鲤鱼 2条"), language="zh") == ["糖", "醋", "鲤", "鱼", "2", "条"]


def test_vocabulary_holds_words_that_can_be_misspelt():
    assert vocabulary(words("The 2 eggs, 鱼 and oil, crème")) == {"eggs", "oil", "creme"}
