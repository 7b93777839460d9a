"""What a rule may say: a subset of RRULE (RFC 5545, section 3.3.10), at most once a day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from fitfoodie.common.errors import DomainError

# A rule that ends makes no more than this: a year of every day and some.
MAX_OCCURRENCES: Final = 400
MAX_INTERVAL: Final = 52

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# What may stand beside FREQ. A timetable needs no more, and each of these makes a day sooner or later: a rule that
# never does would be followed to the year 9999.
_PARTS: Final = {
    "DAILY": {"INTERVAL": r"\d{1,2}"},
    "WEEKLY": {"INTERVAL": r"\d{1,2}", "BYDAY": r"(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*"},
    "MONTHLY": {"INTERVAL": r"\d{1,2}", "BYDAY": r"[1-4](?:MO|TU|WE|TH|FR|SA|SU)|-1(?:MO|TU|WE|TH|FR|SA|SU)"},
}
_TOO_OFTEN: Final = {"SECONDLY", "MINUTELY", "HOURLY"}
# The last day, alone or with a time of that day; an instant in UTC would be another day somewhere.
_UNTIL: Final = re.compile(r"(\d{8})(?:T\d{6})?")


class RuleError(DomainError):
    """A rule that cannot be followed, or that nobody can have meant."""

    code = "rule"

    def __init__(self, message: str) -> None:
        super().__init__(message, field="rule")


@dataclass(frozen=True)
class Rule:
    """`pattern` is what recurs, without an end; the end is `count` occurrences, the last day `until`, or none."""

    pattern: tuple[tuple[str, str], ...]
    count: int | None = None
    until: date | None = None

    def __str__(self) -> str:
        end = [("COUNT", str(self.count))] if self.count is not None else []
        end += [("UNTIL", f"{self.until:%Y%m%d}")] if self.until else []
        return ";".join(f"{name}={value}" for name, value in (*self.pattern, *end))

    @property
    def endless(self) -> str:
        return ";".join(f"{name}={value}" for name, value in self.pattern)

    @property
    def parts(self) -> dict[str, str]:
        return dict(self.pattern)

    @property
    def interval(self) -> int:
        return int(self.parts.get("INTERVAL", "1"))

    @property
    def frequency(self) -> str:
        return self.parts["FREQ"]

    @property
    def weekdays(self) -> tuple[int, ...] | None:
        """Monday is 0. Empty is the weekday it starts on; None when it does not recur by weeks."""
        if self.frequency != "WEEKLY":
            return None
        days = self.parts.get("BYDAY", "")
        return tuple(sorted({WEEKDAYS.index(day) for day in days.split(",") if day}))

    def ending(self, *, count: int | None = None, until: date | None = None) -> "Rule":
        return replace(self, count=count, until=until)


@dataclass(frozen=True)
class Repeat:
    """What the form asks, so that nobody types a rule: weekdays (Monday is 0), every how many weeks, and the end."""

    weekdays: Sequence[int] = field(default_factory=tuple)
    every_weeks: int = 1
    count: int | None = None
    until: date | None = None

    def rule(self) -> Rule:
        """Raises RuleError as `parse` does."""
        parts = ["FREQ=WEEKLY"]
        if self.every_weeks != 1:
            parts.append(f"INTERVAL={self.every_weeks}")
        if self.weekdays:
            parts.append("BYDAY=" + ",".join(WEEKDAYS[day] for day in sorted(set(self.weekdays))))
        made = parse(";".join(parts)).ending(count=self.count, until=self.until)
        return parse(str(made))


def parse(text: str) -> Rule:
    """Raises RuleError: unknown parts, more often than daily, both kinds of end, too many, no rule at all."""
    parts = _parts(text)
    count, until = _count(parts.pop("COUNT", None)), _until(parts.pop("UNTIL", None))
    if count is not None and until is not None:
        raise RuleError(_("Give either the last day or the number of times, not both."))
    _need_sense(parts)
    return Rule(tuple(parts.items()), count, until)


def _not_understood() -> RuleError:
    return RuleError(_("We do not understand this rule. Choose weekdays, every how many weeks, and the last day."))


def _parts(text: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in text.strip().upper().removeprefix("RRULE:").split(";") if part]
    names = [name for name, _sign, _value in pairs]
    if len(names) != len(set(names)):
        raise _not_understood()
    # Weeks begin on Monday with us, whatever the program that wrote the rule thinks.
    return {name: value for name, _sign, value in pairs if (name, value) != ("WKST", "MO")}


def _count(value: str | None) -> int | None:
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{1,5}", value) or not 1 <= int(value) <= MAX_OCCURRENCES:
        raise RuleError(_("A series has between 1 and %(most)d classes.") % {"most": MAX_OCCURRENCES})
    return int(value)


def _until(value: str | None) -> date | None:
    if value is None:
        return None
    found = _UNTIL.fullmatch(value)
    try:
        return date.fromisoformat(found[1]) if found else _refuse_until()
    except ValueError:
        return _refuse_until()


def _refuse_until() -> date:
    raise RuleError(_("Give the last day as a date."))


def _need_sense(parts: dict[str, str]) -> None:
    frequency = parts.get("FREQ", "")
    if frequency in _TOO_OFTEN:
        raise RuleError(_("A class recurs once a day at most. Make a second series for another time of the day."))
    if frequency not in _PARTS:
        raise _not_understood()
    for name, value in parts.items():
        _need_part(name, value, _PARTS[frequency])
    if not 1 <= int(parts.get("INTERVAL", "1")) <= MAX_INTERVAL:
        message = _("Between one and %(most)d weeks, days or months lie between two times.")
        raise RuleError(message % {"most": MAX_INTERVAL})


def _need_part(name: str, value: str, known: dict[str, str]) -> None:
    if name != "FREQ" and (name not in known or not re.fullmatch(known[name], value, re.ASCII)):
        raise _not_understood()
