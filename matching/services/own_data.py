"""What the download of one's own data holds of training partners, readable beside the rows themselves (GDP-1)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from accounts.export_parts import Document, ExportPart, MediaFile
from accounts.models import User
from accounts.sports import Sport
from matching import week
from matching.enums import Goal, Skill
from matching.models import FitnessProfile, Match, MatchAction
from matching.selectors.places import about_here
from social.policy import not_blocked

Row = dict[str, Any]


def documents_of(user: User) -> list[Document]:
    return [
        _as_read("fitness-profile", _("Fitness profile"), _profile(user)),
        _as_read("likes-and-passes", _("Whom you liked or passed"), _actions(user)),
        _as_read("matches", _("Matches"), _matches(user)),
    ]


def photos_of(user: User) -> Iterable[MediaFile]:
    return ()


def _as_read(name: str, title: str, rows: list[Row]) -> Document:
    return Document(name, title, rows, rows)


def _profile(user: User) -> list[Row]:
    return [_said(profile) for profile in FitnessProfile.objects.filter(user=user).select_related("gym")]


def _said(profile: FitnessProfile) -> Row:
    return {
        _("Sports"): "\n".join(f"{sport}: {level}" for sport, level in named_skills(profile)),
        _("What I train for"): "\n".join(str(Goal(goal).label) for goal in sorted(profile.goals)),
        _("When I train"): "\n".join(f"{slot.day + 1}: {slot.time}" for slot in week.unpack(bytes(profile.week))),
        _("Born"): profile.born_on,
        _("Gender"): profile.get_gender_display(),
        _("My gym"): str(profile.gym or ""),
        _("Latitude"): profile.latitude,
        _("Longitude"): profile.longitude,
        _("Shown as"): about_here(profile),
        _("How far, km"): profile.radius_km,
        _("How many levels apart"): profile.level_gap,
        _("Only my gender"): profile.same_gender_only,
        _("Pause"): profile.is_paused,
        _("Incognito"): profile.is_incognito,
    }


def named_skills(profile: FitnessProfile) -> list[tuple[Any, Any]]:
    """In the words of people, best first."""
    ordered = sorted(profile.skills.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(Sport(sport).label, Skill(skill).label) for sport, skill in ordered]


def _actions(user: User) -> list[Row]:
    said = MatchAction.objects.filter(not_blocked(user, "target"), actor=user).select_related("target").order_by("pk")
    return [
        {
            _("Who"): str(one.target),
            _("What"): one.get_verb_display(),
            _("When"): one.acted_at,
            _("Taken back"): one.undone_at,
        }
        for one in said
    ]


def _matches(user: User) -> list[Row]:
    rows = [
        *Match.objects.filter(not_blocked(user, "high"), low=user).select_related("high").order_by("pk"),
        *Match.objects.filter(not_blocked(user, "low"), high=user).select_related("low").order_by("pk"),
    ]
    return [
        {
            _("With"): str(row.high if row.low_id == user.pk else row.low),
            _("Since"): row.matched_at,
            _("Ended"): row.ended_at,
        }
        for row in rows
    ]


PART = ExportPart("matching", documents_of, photos_of)
