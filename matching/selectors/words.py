"""Codes of reasons as sentences a friend would say. Only what `recommender.explaining` lets through."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from accounts.sports import Sport
from matching.recommender import explaining
from matching.recommender.base import Explanation, Raise, Reason
from matching.week import Slot

_BANDS = ("< 2 km", "~3 km", "~5 km", "~10 km", "~15 km", "~25 km", "~50 km", "> 75 km")
_FARTHEST = len(_BANDS) - 1
_BOTH: dict[str, Promise] = {
    "running": gettext_lazy("You both run"),
    "trail_running": gettext_lazy("You both run trails"),
    "cycling": gettext_lazy("You both cycle"),
    "swimming": gettext_lazy("You both swim"),
    "climbing": gettext_lazy("You both climb"),
    "bouldering": gettext_lazy("You both boulder"),
    "rowing": gettext_lazy("You both row"),
    "hiking": gettext_lazy("You both hike"),
    "walking": gettext_lazy("You both walk"),
    "dance": gettext_lazy("You both dance"),
    "boxing": gettext_lazy("You both box"),
    "yoga": gettext_lazy("You both do yoga"),
    "pilates": gettext_lazy("You both do pilates"),
    "strength_training": gettext_lazy("You both lift weights"),
}
_ON_DAYS: tuple[Promise, ...] = (
    gettext_lazy("Mondays"),
    gettext_lazy("Tuesdays"),
    gettext_lazy("Wednesdays"),
    gettext_lazy("Thursdays"),
    gettext_lazy("Fridays"),
    gettext_lazy("Saturdays"),
    gettext_lazy("Sundays"),
)
# "Add … to your times".
_DAY_PARTS: tuple[tuple[Promise, Promise, Promise], ...] = (
    (gettext_lazy("Monday morning"), gettext_lazy("Monday midday"), gettext_lazy("Monday evening")),
    (gettext_lazy("Tuesday morning"), gettext_lazy("Tuesday midday"), gettext_lazy("Tuesday evening")),
    (gettext_lazy("Wednesday morning"), gettext_lazy("Wednesday midday"), gettext_lazy("Wednesday evening")),
    (gettext_lazy("Thursday morning"), gettext_lazy("Thursday midday"), gettext_lazy("Thursday evening")),
    (gettext_lazy("Friday morning"), gettext_lazy("Friday midday"), gettext_lazy("Friday evening")),
    (gettext_lazy("Saturday morning"), gettext_lazy("Saturday midday"), gettext_lazy("Saturday evening")),
    (gettext_lazy("Sunday morning"), gettext_lazy("Sunday midday"), gettext_lazy("Sunday evening")),
)
_PARTS = ("morning", "midday", "evening")


def sport_word(sport: str) -> str:
    """Inside a sentence; German writes it as it begins one."""
    label = str(Sport(sport).label)
    is_capital = (get_language() or "").startswith("de")
    return label if is_capital else label[:1].lower() + label[1:]


def listed(words: Iterable[object]) -> str:
    return str(get_text_list([str(word) for word in words], _("and")))


def band_words(band: int) -> str:
    """As it stands on a card: "< 2 km", "~5 km" (MAT-5)."""
    return _BANDS[band]


def sentences(explanation: Explanation) -> list[str]:
    return [sentence(reason) for reason in explanation.reasons]


def raise_sentences(explanation: Explanation) -> list[str]:
    return [raise_sentence(one) for one in explanation.raises]


def sentence(reason: Reason) -> str:
    return _kept(get_language(), reason.code, tuple(reason.values.items()))


@lru_cache(maxsize=8192)
def _kept(_language: str | None, code: str, values: tuple[tuple[str, Any], ...]) -> str:
    """A deck says the same of many: twenty cards look up some three hundred words otherwise."""
    return _SENTENCES[code](Reason(code, dict(values)))


def _times(reason: Reason) -> str:
    values = {
        "time": Slot(0, reason.values["half"]).time,
        "days": listed(_ON_DAYS[day] for day in reason.values["days"]),
    }
    if not reason.values["sports"]:
        return _("You both train at %(time)s on %(days)s") % values
    both = _both(reason.values["sports"][0])
    return _("%(you_both)s, and both train at %(time)s on %(days)s") % (values | {"you_both": both})


def _both(sport: str) -> str:
    if sport in _BOTH:
        return str(_BOTH[sport])
    return _("You are both into %(sport)s") % {"sport": sport_word(sport)}


def _sports(reason: Reason) -> str:
    sports = reason.values["sports"]
    if len(sports) == 1:
        return _both(sports[0])
    return _("You are both into %(sport)s") % {"sport": listed(map(sport_word, sports))}


def _same_level(reason: Reason) -> str:
    return _("Same level in %(sports)s") % {"sports": listed(map(sport_word, reason.values["sports"]))}


def _near_level(reason: Reason) -> str:
    return _("One level apart in %(sports)s") % {"sports": listed(map(sport_word, reason.values["sports"]))}


def _distance(reason: Reason) -> str:
    band = reason.values["band"]
    if band == 0:
        return _("Less than 2 km apart")
    if band == _FARTHEST:
        return _("More than 75 km apart")
    return _("About %(distance)s apart") % {"distance": _BANDS[band].removeprefix("~")}


def _liked(reason: Reason) -> str:
    kind = people_words(reason.values["sport"], reason.values["part"], reason.values["count"])
    return _("You liked %(people)s") % {"people": kind}


def people_words(sport: str, part: str, count: int) -> str:
    """ "4 morning runners", "2 people who train in the evening and do yoga"."""
    if sport == "running" and part in _PARTS:
        text = _runners(part, count)
    elif part == "morning":
        text = ngettext(
            "%(count)d person who trains in the morning: %(sport)s",
            "%(count)d people who train in the morning: %(sport)s",
            count,
        )
    elif part == "midday":
        text = ngettext(
            "%(count)d person who trains around midday: %(sport)s",
            "%(count)d people who train around midday: %(sport)s",
            count,
        )
    elif part == "evening":
        text = ngettext(
            "%(count)d person who trains in the evening: %(sport)s",
            "%(count)d people who train in the evening: %(sport)s",
            count,
        )
    else:
        text = ngettext("%(count)d person for %(sport)s", "%(count)d people for %(sport)s", count)
    return text % {"count": count, "sport": sport_word(sport)}


def _runners(part: str, count: int) -> str:
    if part == "morning":
        return ngettext("%(count)d morning runner", "%(count)d morning runners", count)
    if part == "midday":
        return ngettext("%(count)d midday runner", "%(count)d midday runners", count)
    return ngettext("%(count)d evening runner", "%(count)d evening runners", count)


_SENTENCES = {
    explaining.TIMES: _times,
    explaining.SPORTS: _sports,
    explaining.SAME_LEVEL: _same_level,
    explaining.NEAR_LEVEL: _near_level,
    explaining.DISTANCE: _distance,
    explaining.LIKED: _liked,
}


def raise_sentence(one: Raise) -> str:
    return _raise_kept(get_language(), one.code, tuple(one.values.items()), one.gain)


@lru_cache(maxsize=8192)
def _raise_kept(_language: str | None, code: str, values: tuple[tuple[str, Any], ...], gain: int) -> str:
    one = Raise(code, dict(values), gain)
    if code == explaining.ADD_TIMES:
        when = _DAY_PARTS[one.values["day"]][_PARTS.index(one.values["part"])]
        return _("Add %(when)s and this rises by about %(gain)d") % {"when": when, "gain": one.gain}
    return _("If you do %(sport)s too, add it and this rises by about %(gain)d") % {
        "sport": sport_word(one.values["sport"]),
        "gain": one.gain,
    }
