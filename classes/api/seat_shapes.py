"""Seats, outings and seats handed on, in the words of the API."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from classes.enums import Answer, HandOnState, OutingState, RsvpStatus
from classes.models import Outing, SeatHandOn
from classes.selectors.chances import Hope
from classes.services.seat_panel import SeatPanel
from fitfoodie.common.api.serializers import MoneySerializer, PersonSerializer, StrictSerializer
from fitfoodie.common.money import as_json
from social.api.shapes import person_of

Json = dict[str, Any]


class TermsSerializer(serializers.Serializer[Any]):
    is_late = serializers.BooleanField(help_text="By the clock of the server, by the rules as they were when booked.")
    fee = MoneySerializer(allow_null=True)
    keeps_price = serializers.BooleanField(help_text="What was paid is not given back.")
    free_until = serializers.DateTimeField(allow_null=True)
    says = serializers.CharField(help_text="The same in a sentence, to be shown before leaving.")


class ChanceSerializer(serializers.Serializer[Any]):
    hope = serializers.ChoiceField(choices=[hope.value for hope in Hope])
    share = serializers.FloatField(allow_null=True, help_text="Of past classes like it; null with too few of them.")
    says = serializers.CharField()


class SeatSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    status = serializers.ChoiceField(choices=RsvpStatus.choices)
    position = serializers.IntegerField(allow_null=True, help_text="In line, from 1; null for who does not wait.")
    chance = ChanceSerializer(allow_null=True)
    can_claim = serializers.BooleanField(help_text="A seat is free for whoever of the line accepts first.")
    reserved_until = serializers.DateTimeField(
        allow_null=True, help_text="Accept or pay before; then the seat is the next one's."
    )
    clashes_with = serializers.CharField(allow_null=True, help_text="Id of your other class at that time.")
    passed_over = serializers.CharField(allow_blank=True, help_text="Why the line went past you: `suspended`, …")
    pay_url = serializers.CharField(allow_blank=True)
    leaving = TermsSerializer(allow_null=True, help_text="What leaving now would mean.")


def seat(panel: SeatPanel) -> Json:
    rsvp = panel.rsvp
    assert rsvp is not None  # noqa: S101  the views answer 404 before
    is_reserved = panel.state in (RsvpStatus.OFFERED, RsvpStatus.HELD)
    return {
        "id": rsvp.public_id,
        "status": panel.state,
        "position": panel.position or None,
        "chance": _chance(panel) if panel.position else None,
        "can_claim": panel.can_claim,
        "reserved_until": rsvp.reserved_until if is_reserved else None,
        "clashes_with": rsvp.clashes_with.public_id if is_reserved and rsvp.clashes_with else None,
        "passed_over": rsvp.skipped_because if panel.position else "",
        "pay_url": panel.pay_url,
        "leaving": _terms(panel),
    }


def _chance(panel: SeatPanel) -> Json | None:
    chance = panel.chance
    return {"hope": chance.hope.value, "share": chance.share, "says": chance.says} if chance else None


def _terms(panel: SeatPanel) -> Json | None:
    terms = panel.terms
    if terms is None:
        return None
    return {
        "is_late": terms.is_late,
        "fee": as_json(terms.fee, terms.currency) if terms.fee > Decimal(0) else None,
        "keeps_price": terms.keeps_price,
        "free_until": terms.free_until,
        "says": terms.says,
    }


class MySeatSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    status = serializers.ChoiceField(choices=RsvpStatus.choices)
    position = serializers.IntegerField(allow_null=True)
    reserved_until = serializers.DateTimeField(allow_null=True)
    joined_at = serializers.DateTimeField()
    class_id = serializers.CharField()
    title = serializers.CharField()
    studio = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    timezone = serializers.CharField()
    is_cancelled = serializers.BooleanField(help_text="The class itself does not take place.")


MY_SEAT_COLUMNS = (
    "id",
    "public_id",
    "session_id",
    "status",
    "priority",
    "reserved_until",
    "joined_at",
    "session__public_id",
    "session__title",
    "session__starts_at",
    "session__ends_at",
    "session__time_zone",
    "session__status",
    "session__studio__name",
)


def my_seat(row: Json, position: int | None) -> Json:
    return {
        "id": row["public_id"],
        "status": row["status"],
        "position": position,
        "reserved_until": row["reserved_until"] if row["status"] in ("offered", "held") else None,
        "joined_at": row["joined_at"],
        "class_id": row["session__public_id"],
        "title": row["session__title"],
        "studio": row["session__studio__name"],
        "starts_at": row["session__starts_at"],
        "ends_at": row["session__ends_at"],
        "timezone": row["session__time_zone"],
        "is_cancelled": row["session__status"] == "cancelled",
    }


class FriendInputSerializer(StrictSerializer):
    handle = serializers.CharField(max_length=30)


class HandOnSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    class_id = serializers.CharField()
    state = serializers.ChoiceField(choices=HandOnState.choices)
    giver = PersonSerializer(allow_null=True)
    friend = PersonSerializer()
    expires_at = serializers.DateTimeField()


def hand_on(row: SeatHandOn) -> Json:
    return {
        "id": row.public_id,
        "class_id": row.rsvp.session.public_id,
        "state": row.state,
        "giver": person_of(row.rsvp.user) if row.rsvp.user else None,
        "friend": person_of(row.friend),
        "expires_at": row.expires_at,
    }


class AnswerInputSerializer(StrictSerializer):
    answer = serializers.ChoiceField(choices=[Answer.YES.value, Answer.NO.value])


class OutingInputSerializer(StrictSerializer):
    class_id = serializers.CharField(max_length=12)
    people = serializers.ListField(child=serializers.CharField(max_length=30), min_length=1, max_length=5)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class OutingMemberSerializer(serializers.Serializer[Any]):
    person = PersonSerializer(allow_null=True, help_text="Null for who is hidden from you.")
    answer = serializers.ChoiceField(choices=Answer.choices)


class OutingSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    class_id = serializers.CharField()
    state = serializers.ChoiceField(choices=OutingState.choices)
    note = serializers.CharField(allow_blank=True)
    proposer = PersonSerializer(allow_null=True)
    members = OutingMemberSerializer(many=True)
    my_answer = serializers.ChoiceField(choices=Answer.choices)
    expires_at = serializers.DateTimeField()


def outing(row: Outing, viewer: Any, visible: set[int]) -> Json:
    """`visible`: those of the members whom the viewer may see."""
    members = list(row.members.all())
    return {
        "id": row.public_id,
        "class_id": row.session.public_id,
        "state": row.state,
        "note": row.note if row.proposer_id in visible else "",
        "proposer": person_of(row.proposer) if row.proposer and row.proposer_id in visible else None,
        "members": [
            {"person": person_of(member.user) if member.user_id in visible else None, "answer": member.answer}
            for member in members
        ],
        "my_answer": next(member.answer for member in members if member.user_id == viewer.pk),
        "expires_at": row.expires_at,
    }
