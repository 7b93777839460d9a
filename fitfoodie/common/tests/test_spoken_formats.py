"""How dates, times and places are written in each language."""

from datetime import datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

from fitfoodie.common.templatetags.places import country_name

EVENING = datetime(2026, 11, 29, 18, 5)  # noqa: DTZ001  what a clock on the wall shows


@pytest.mark.parametrize(
    ("pattern", "english", "german"),
    [
        ("DATE_FORMAT", "29 November 2026", "29. November 2026"),
        ("DATETIME_FORMAT", "29 November 2026, 18:05", "29. November 2026, 18:05"),
        ("SHORT_DATETIME_FORMAT", "29 Nov 2026, 18:05", "29.11.2026, 18:05"),
        ("TIME_FORMAT", "18:05", "18:05"),
        ("l j F", "Sunday 29 November", "Sonntag, 29. November"),
        ("D j M, H:i", "Sun 29 Nov, 18:05", "So, 29. Nov., 18:05"),
        ("H:i", "18:05", "18:05"),
    ],
)
def test_date_is_written_in_the_manner_of_the_language(pattern, english, german):
    with translation.override("en"):
        assert date_format(EVENING, pattern) == english
    with translation.override("de"):
        assert date_format(EVENING, pattern) == german


@pytest.mark.parametrize(
    ("language", "code", "name"),
    [("en", "CH", "Switzerland"), ("de", "CH", "Schweiz"), ("de", "QQ", "QQ"), ("xx", "CH", "CH")],
)
def test_country_is_named_in_the_language(language, code, name):
    with translation.override(language):
        assert country_name(code) == name
