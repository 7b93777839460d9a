"""Classes that come again: rules in wall time, the days they make, and the words for them. Pure; no database."""

from classes.recurrence.days import Occurrence, need_sensible_size, occurrences
from classes.recurrence.rule import MAX_OCCURRENCES, Repeat, Rule, RuleError, parse
from classes.recurrence.words import in_words

__all__ = [
    "MAX_OCCURRENCES",
    "Occurrence",
    "Repeat",
    "Rule",
    "RuleError",
    "in_words",
    "need_sensible_size",
    "occurrences",
    "parse",
]
