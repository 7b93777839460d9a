from datetime import date

import pytest
from django.utils import translation

from classes.recurrence import Repeat, RuleError, in_words, parse

MONDAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260620",
        "FREQ=DAILY;INTERVAL=2;COUNT=10",
        "FREQ=MONTHLY;BYDAY=1MO",
        "FREQ=DAILY",
    ],
)
def test_a_rule_reads_as_it_was_written(text):
    assert str(parse(text)) == text


def test_a_rule_may_come_as_other_programs_write_it():
    assert str(parse("rrule:freq=weekly;wkst=mo;until=20260620T235959;")) == ("FREQ=WEEKLY;UNTIL=20260620")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("FREQ=HOURLY", "once a day at most"),
        ("FREQ=MINUTELY;COUNT=3", "once a day at most"),
        ("FREQ=DAILY;BYHOUR=9,18", "do not understand"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "do not understand"),
        ("FREQ=MONTHLY;BYDAY=6MO", "do not understand"),
        ("FREQ=WEEKLY;BYDAY=1MO", "do not understand"),
        ("FREQ=YEARLY", "do not understand"),
        ("FREQ=WEEKLY;BYDAY=XX", "do not understand"),
        ("FREQ=WEEKLY;FREQ=DAILY", "do not understand"),
        ("FREQ=WEEKLY;BYDAY=", "do not understand"),
        ("DTSTART=20260101;FREQ=DAILY", "do not understand"),
        ("FREQ=DAILY\nEXDATE:20260101", "do not understand"),
        ("", "do not understand"),
        ("FREQ=DAILY;COUNT=0", "between 1 and 400"),
        ("FREQ=DAILY;COUNT=401", "between 1 and 400"),
        ("FREQ=DAILY;COUNT=many", "between 1 and 400"),
        ("FREQ=DAILY;INTERVAL=two", "do not understand"),
        ("FREQ=DAILY;INTERVAL=0", "Between one and 52"),
        ("FREQ=DAILY;INTERVAL=99", "Between one and 52"),
        ("FREQ=DAILY;UNTIL=20260231", "as a date"),
        ("FREQ=DAILY;UNTIL=20260620T180000Z", "as a date"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20260620", "not both"),
    ],
)
def test_what_is_no_rule_is_refused_in_words(text, said):
    with pytest.raises(RuleError, match=said):
        parse(text)


@pytest.mark.parametrize(
    ("repeat", "text"),
    [
        (Repeat([2, 0]), "FREQ=WEEKLY;BYDAY=MO,WE"),
        (Repeat([4], 2, count=6), "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;COUNT=6"),
        (Repeat(until=date(2026, 7, 1)), "FREQ=WEEKLY;UNTIL=20260701"),
    ],
)
def test_the_form_makes_the_rule(repeat, text):
    assert str(repeat.rule()) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260620", "Every Monday and Wednesday until 20 June"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR;UNTIL=20270108", "Every Monday, Wednesday and Friday until 8 January 2027"),
        ("FREQ=WEEKLY", "Every Monday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Monday to Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "Every day"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;COUNT=6", "Every 2 weeks on Friday, 6 times"),
        ("FREQ=DAILY;COUNT=1", "Every day, once"),
        ("FREQ=DAILY;INTERVAL=3", "Every 3 days"),
        ("FREQ=MONTHLY;BYDAY=1MO", "Every month on the first Monday"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR", "Every 2 months on the last Friday"),
        ("FREQ=MONTHLY", "Every month on day 15"),
    ],
)
def test_a_rule_is_said_in_words(text, words):
    with translation.override("en"):
        assert in_words(parse(text), MONDAY) == words
