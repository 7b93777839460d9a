"""Paid links say so where they stand (AFF-12), however they are spelled."""

import pytest

from fitfoodie.common.markdown import plain_text
from influencers.text import is_paid_link, rendered


@pytest.mark.parametrize(
    ("address", "is_paid"),
    [
        ("/r/abc", True),
        ("http://testserver.test/r/abc", False),
        ("https://elsewhere.test/r/abc", False),
        ("/recipes/abc", False),
        ("/x/../r/abc", True),
        ("/./r/abc", True),
        ("/%72/abc", True),
        ("//r/abc", False),
        ("/r/", False),
        ("mailto:r@r.test", False),
        ("http://[bad/r/x", False),
    ],
)
def test_paid_addresses(address, is_paid):
    assert is_paid_link(address) is is_paid


def test_our_own_host_is_ours(settings):
    settings.SITE_URL = "https://fit.test"
    assert is_paid_link("https://FIT.test/r/abc")


@pytest.mark.parametrize(
    "text", ["[deal](/r/abc)", "[deal][1]\n\n[1]: /r/abc", "**[deal](/r/abc)**", "- [deal](/r/abc)"]
)
def test_the_words_stand_right_behind_the_link(text):
    assert 'deal</a> <span class="paid-link">(Paid link)</span>' in rendered(text)


def test_links_that_do_not_pay_have_no_such_words():
    assert "Paid link" not in rendered("[a](https://a.test) [m](/meals/soup/)")


def test_nobody_writes_the_words_class_themselves():
    assert '<span class="paid-link">' not in rendered('<span class="paid-link">x</span>')


@pytest.mark.parametrize(
    ("text", "words"),
    [("# Hello\n\n**you** [there](/x)\nnow", "Hello\nyou there now"), ("```\nx = 1\n```", "x = 1"), ("", "")],
)
def test_words_alone(text, words):
    assert plain_text(text) == words
