"""What hosts send of studios, rooms and class types, and what they are answered."""

from typing import Any

from rest_framework import serializers

from accounts.sports import Sport
from accounts.validators import validate_country, validate_time_zone
from classes.enums import ClassFormat, ClassLevel, Intensity
from classes.models import ClassType, Room, Studio
from classes.models.session import MAX_CAPACITY, MAX_MINUTES
from classes.policies import NAMES as POLICY_NAMES
from fitfoodie.common.api.serializers import StrictSerializer

Json = dict[str, Any]
_LARGEST = 2_147_483_647
_NAMES = {"timezone": "time_zone", "open": "is_active"}


def _count(help_text: str, *, least: int = 0) -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=least, max_value=_LARGEST, allow_null=True, required=False, help_text=help_text
    )


def _fee(help_text: str) -> serializers.DecimalField:
    return serializers.DecimalField(
        max_digits=9, decimal_places=2, min_value=0, allow_null=True, required=False, help_text=help_text
    )


def _switch(help_text: str) -> serializers.BooleanField:
    return serializers.BooleanField(allow_null=True, required=False, help_text=help_text)


class RulesInput(StrictSerializer):
    """Rules of booking; null is decided one level up: class type, studio, chain, platform."""

    late_cancel_minutes = _count("Cancelling is late from so long before the class.")
    grace_minutes = _count("After booking one may leave for free this long.")
    offer_minutes = _count("An offered seat stands for so long.", least=1)
    waitlist_closes_minutes = _count("The waitlist closes so long before the class.")
    booking_opens_days = _count("Booking opens so many days before.")
    booking_closes_minutes = _count("Booking closes so long before.")
    min_participants = _count("The class takes place from so many people on.")
    decides_minutes = _count("Whether it takes place is decided so long before.")
    guaranteed_closes_minutes = _count("Booking of a guaranteed class closes so long before.")
    late_cancel_fee = _fee("In the currency of the chain.")
    no_show_fee = _fee("In the currency of the chain.")
    check_in_opens_minutes = _count("The door opens so long before.")
    is_open_claim = _switch("Late seats go to whoever of the line clicks first.")
    leaves_clashing_waitlists = _switch("A seat ends waiting for classes at the same time.")

    def changes(self) -> Json:
        """As the services call the columns."""
        return {_NAMES.get(name, name): value for name, value in self.validated_data.items()}


class StudioInput(RulesInput):
    name = serializers.CharField(max_length=120)
    about = serializers.CharField(max_length=2000, allow_blank=True, required=False)
    street = serializers.CharField(max_length=200, allow_blank=True, required=False)
    city = serializers.CharField(max_length=120)
    country = serializers.CharField(max_length=2, allow_blank=True, required=False, validators=[validate_country])
    latitude = serializers.FloatField(min_value=-90, max_value=90, allow_null=True, required=False)
    longitude = serializers.FloatField(min_value=-180, max_value=180, allow_null=True, required=False)
    timezone = serializers.CharField(
        max_length=64, required=False, validators=[validate_time_zone], help_text="Without it that of the chain."
    )
    open = serializers.BooleanField(required=False, help_text="A studio with classes to come cannot be closed.")


class RoomInput(StrictSerializer):
    name = serializers.CharField(max_length=80)
    capacity = serializers.IntegerField(min_value=1, max_value=_LARGEST)
    open = serializers.BooleanField(required=False)

    def changes(self) -> Json:
        return {_NAMES.get(name, name): value for name, value in self.validated_data.items()}


class ClassTypeInput(RulesInput):
    title = serializers.CharField(max_length=120)
    description = serializers.CharField(max_length=4000, allow_blank=True, required=False)
    interests = serializers.ListField(child=serializers.ChoiceField(choices=Sport.choices), required=False)
    level = serializers.ChoiceField(choices=ClassLevel.choices, required=False)
    intensity = serializers.ChoiceField(choices=Intensity.choices, required=False)
    format = serializers.ChoiceField(choices=ClassFormat.choices, required=False)
    equipment = serializers.CharField(max_length=300, allow_blank=True, required=False)
    minutes = serializers.IntegerField(min_value=5, max_value=MAX_MINUTES, required=False)
    capacity = serializers.IntegerField(min_value=1, max_value=MAX_CAPACITY)
    price = serializers.DecimalField(
        max_digits=9,
        decimal_places=2,
        min_value=0,
        allow_null=True,
        required=False,
        help_text="In the currency of the chain; null is free.",
    )
    open = serializers.BooleanField(required=False, help_text="New classes of it can be put on the timetable.")


class HostStudioSerializer(StudioInput):
    """A studio as those who run it keep it."""

    id = serializers.CharField()
    slug = serializers.CharField()


class HostRoomSerializer(RoomInput):
    id = serializers.CharField()
    studio = serializers.CharField(help_text="Id.")


class HostClassTypeSerializer(ClassTypeInput):
    """What classes of this kind say unless they say otherwise."""

    id = serializers.CharField()
    rating_average = serializers.FloatField(allow_null=True, help_text="Null below three ratings.")
    rating_count = serializers.IntegerField()


_STUDIO = ("slug", "name", "about", "street", "city", "country", "latitude", "longitude")
_CLASS_TYPE = (
    "title",
    "description",
    "interests",
    "level",
    "intensity",
    "format",
    "equipment",
    "minutes",
    "capacity",
    "rating_average",
    "rating_count",
)


def studio_document(row: Studio) -> Json:
    return {
        "id": row.public_id,
        **_columns(row, _STUDIO),
        "timezone": row.time_zone,
        "open": row.is_active,
        **_rules(row),
    }


def room_document(row: Room) -> Json:
    return {
        "id": row.public_id,
        "studio": row.studio.public_id,
        "name": row.name,
        "capacity": row.capacity,
        "open": row.is_active,
    }


def class_type_document(row: ClassType) -> Json:
    return {
        "id": row.public_id,
        **_columns(row, _CLASS_TYPE),
        "price": _money(row.price),
        "open": row.is_active,
        **_rules(row),
    }


def _columns(row: Any, names: tuple[str, ...]) -> Json:
    return {name: getattr(row, name) for name in names}


def _rules(row: Any) -> Json:
    fees = {name: _money(getattr(row, name)) for name in ("late_cancel_fee", "no_show_fee")}
    return _columns(row, POLICY_NAMES) | fees


def _money(amount: Any) -> str | None:
    return None if amount is None else f"{amount:.2f}"
