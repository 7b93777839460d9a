"""What a fitness profile may hold; asked by every door through the service."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from matching.enums import Skill
from matching.sport_bits import POSITION
from matching.week import BYTES

MAX_SPORTS = 20
OLDEST = 120


def validate_skills(skills: Any) -> None:
    if not isinstance(skills, Mapping):
        raise ValidationError(_("Give each sport a level."), code="invalid")
    if len(skills) > MAX_SPORTS:
        raise ValidationError(_("%(count)s sports at most.") % {"count": MAX_SPORTS}, code="too_many")
    for sport, skill in skills.items():
        if sport not in POSITION:
            raise ValidationError(_("“%(sport)s” is not a sport we know.") % {"sport": sport}, code="unknown")
        if isinstance(skill, bool) or skill not in Skill.values:
            raise ValidationError(_("A level is beginner, intermediate or advanced."), code="unknown")


def validate_week(week: bytes) -> None:
    if len(week) != BYTES:
        raise ValidationError(_("A week has 7 days of 48 half hours."), code="invalid")


def validate_born_on(born_on: date | None, today: date) -> None:
    if born_on is None:
        return
    if born_on > today:
        raise ValidationError(_("This day is still to come."), code="in_future")
    if today.year - born_on.year > OLDEST:
        raise ValidationError(_("Please look at the year again."), code="too_long_ago")
