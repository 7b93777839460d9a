from typing import Any

from rest_framework import serializers

from fitfoodie.common.api.serializers import StrictSerializer
from fitfoodie.moderation.enums import CaseState, Category, Outcome
from fitfoodie.moderation.models import Report
from fitfoodie.moderation.selectors import Shown
from fitfoodie.moderation.targets import KINDS
from fitfoodie.moderation.validators import MAX_NOTE

_KINDS = sorted(KINDS)


class TargetInputSerializer(StrictSerializer):
    """The thing by its type and one of its names."""

    type = serializers.ChoiceField(choices=_KINDS)
    id = serializers.CharField(required=False, max_length=64, help_text="Of a meal, post, comment or review.")
    slug = serializers.CharField(required=False, max_length=200, help_text="Of a meal.")
    handle = serializers.CharField(required=False, max_length=64, help_text="Of a person.")


class ReportInputSerializer(StrictSerializer):
    target = TargetInputSerializer()
    category = serializers.ChoiceField(choices=Category.choices)
    note = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=MAX_NOTE,
        help_text="Needed for `illegal` and `other`. Moderators alone read it.",
    )
    email = serializers.EmailField(
        required=False,
        allow_blank=True,
        help_text="Of callers who are not signed in and want an answer; erased some time after the decision.",
    )


class ReportedSerializer(serializers.Serializer[Any]):
    type = serializers.ChoiceField(choices=_KINDS)
    title = serializers.CharField(allow_blank=True, help_text="Empty once the caller cannot see the thing.")
    url = serializers.CharField(allow_blank=True, help_text="Path of its page; empty as `title`.")


class ReportSerializer(serializers.Serializer[Any]):
    id = serializers.CharField(help_text="The receipt.")
    target = ReportedSerializer()
    category = serializers.ChoiceField(choices=Category.choices)
    note = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=CaseState.choices)
    outcome = serializers.ChoiceField(choices=Outcome.choices, allow_null=True)
    answer = serializers.CharField(allow_blank=True, help_text="What the moderators say to it.")
    filed_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)


def report_shape(report: Report, thing: Shown) -> dict[str, Any]:
    """Of a report without an account, whoever has the receipt learns what became of it, not what was written."""
    case = report.case
    return {
        "id": report.public_id,
        "target": {"type": thing.kind, "title": thing.title, "url": thing.url},
        "category": report.category,
        "note": report.note if report.reporter_id is not None else "",
        "state": case.state,
        "outcome": case.outcome or None,
        "answer": case.answer,
        "filed_at": report.filed_at,
        "decided_at": case.decided_at,
    }
