"""A rule as one would say it."""

from collections.abc import Sequence
from datetime import date

from django.utils.dates import WEEKDAYS as DAY_NAMES
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from classes.recurrence.rule import WEEKDAYS, Rule

EVERY_DAY = tuple(range(7))
WORKING_DAYS = tuple(range(5))
_PLACES = {
    "1": pgettext_lazy("weekday of the month", "first"),
    "2": pgettext_lazy("weekday of the month", "second"),
    "3": pgettext_lazy("weekday of the month", "third"),
    "4": pgettext_lazy("weekday of the month", "fourth"),
    "-1": pgettext_lazy("weekday of the month", "last"),
}


def in_words(rule: Rule, starts_on: date) -> str:
    """“Every Monday and Wednesday until 20 June”. The year is named where it is not that of `starts_on`."""
    return _recurs(rule, starts_on) + _ends(rule, starts_on)


def _recurs(rule: Rule, starts_on: date) -> str:
    if rule.weekdays is not None:
        return _weekly(rule.weekdays or (starts_on.weekday(),), rule.interval)
    if rule.frequency == "DAILY":
        return ngettext("Every day", "Every %(days)d days", rule.interval) % {"days": rule.interval}
    return _monthly(rule, starts_on)


def _monthly(rule: Rule, starts_on: date) -> str:
    if "BYDAY" in rule.parts:
        place, day = rule.parts["BYDAY"][:-2], rule.parts["BYDAY"][-2:]
        values = {"months": rule.interval, "place": _PLACES[place], "day": DAY_NAMES[WEEKDAYS.index(day)]}
        text = ngettext(
            "Every month on the %(place)s %(day)s", "Every %(months)d months on the %(place)s %(day)s", rule.interval
        )
    else:
        values = {"months": rule.interval, "day": starts_on.day}
        text = ngettext("Every month on day %(day)d", "Every %(months)d months on day %(day)d", rule.interval)
    return text % values


def _weekly(weekdays: Sequence[int], interval: int) -> str:
    days = _joined([str(DAY_NAMES[day]) for day in weekdays])
    if interval > 1:
        return ngettext("Every %(weeks)d week on %(days)s", "Every %(weeks)d weeks on %(days)s", interval) % {
            "weeks": interval,
            "days": days,
        }
    if tuple(weekdays) == EVERY_DAY:
        return pgettext("rule", "Every day")
    if tuple(weekdays) == WORKING_DAYS:
        return _("Monday to Friday")
    return _("Every %(days)s") % {"days": days}


def _joined(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _ends(rule: Rule, starts_on: date) -> str:
    if rule.count is not None:
        return ngettext(", once", ", %(count)d times", rule.count) % {"count": rule.count}
    if rule.until is None:
        return ""
    shown = date_format(rule.until, "j F" if rule.until.year == starts_on.year else "j F Y")
    return _(" until %(day)s") % {"day": shown}
