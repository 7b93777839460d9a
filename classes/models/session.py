"""What is taught: class types, series, and the sessions that people book."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.validators import validate_sports, validate_time_zone
from classes.enums import ClassFormat, ClassLevel, Intensity, SessionStatus
from classes.models.chain import Chain, PolicyColumns, Room, Studio
from classes.tenancy import TenantModel
from fitfoodie.common.ids import new_public_id
from fitfoodie.common.models import TimestampedModel

MAX_CAPACITY = 1000
MAX_MINUTES = 24 * 60


class Described(models.Model):
    """What a class is, as its type says and each session repeats: an occurrence that was edited, or is past, keeps its
    own. `price` contains tax and is in the chain's currency; empty is free."""

    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), max_length=4000, blank=True)
    # Values of `accounts.sports.Sport`: what the class is about, and what it is matched by.
    interests = models.JSONField(_("sports"), default=list, blank=True, validators=[validate_sports])
    level = models.CharField(_("level"), max_length=12, choices=ClassLevel.choices, default=ClassLevel.ALL)
    intensity = models.CharField(_("intensity"), max_length=8, choices=Intensity.choices, default=Intensity.MODERATE)
    format = models.CharField(_("how"), max_length=10, choices=ClassFormat.choices, default=ClassFormat.IN_PERSON)
    equipment = models.CharField(_("bring"), max_length=300, blank=True)
    price = models.DecimalField(
        _("price"), max_digits=9, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    capacity = models.PositiveIntegerField(
        _("seats"), validators=[MinValueValidator(1), MaxValueValidator(MAX_CAPACITY)]
    )

    class Meta:
        abstract = True

    @property
    def is_free(self) -> bool:
        return not self.price


class ClassType(Described, PolicyColumns, TenantModel, TimestampedModel):
    """What sessions are made from; also where ratings of many sessions come together."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="class_types")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    minutes = models.PositiveIntegerField(
        _("minutes"), default=60, validators=[MinValueValidator(5), MaxValueValidator(MAX_MINUTES)]
    )
    is_active = models.BooleanField(_("offered"), default=True)
    # Derived from visible ratings of its sessions, recomputed in the transaction of each change (CLS-16, N40). There is
    # no average below three ratings.
    rating_count = models.PositiveIntegerField(default=0, editable=False)
    rating_average = models.FloatField(null=True, editable=False)
    rating_bayes = models.FloatField(null=True, editable=False, db_index=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("class type")
        verbose_name_plural = _("class types")
        constraints = [models.UniqueConstraint(fields=["chain", "title"], name="classes_classtype_title_unique")]

    def __str__(self) -> str:
        return self.title


class Series(TenantModel, TimestampedModel):
    """A rule by which sessions recur. It speaks in wall time: 18:00 stays 18:00 when the clocks change (CLS-12).

    `rule` is an RRULE of RFC 5545 without DTSTART; `starts_local` is the first occurrence on the studio's clocks.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    class_type = models.ForeignKey(ClassType, on_delete=models.PROTECT, related_name="series")
    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="series")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="series")
    instructor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    rule = models.CharField(_("recurs"), max_length=300)
    # Year to minute without a zone, as "2026-03-30T18:00": a date-time column would be moved into UTC.
    starts_local = models.CharField(_("first time"), max_length=16)
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])
    minutes = models.PositiveIntegerField(
        _("minutes"), validators=[MinValueValidator(5), MaxValueValidator(MAX_MINUTES)]
    )
    capacity = models.PositiveIntegerField(
        _("seats"), validators=[MinValueValidator(1), MaxValueValidator(MAX_CAPACITY)]
    )
    # What its classes say otherwise than their type: columns of a session with their values.
    about = models.JSONField(default=dict, blank=True)
    # "Edit this and following" ends one series and begins another (CLS-13).
    continues = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="continued_by")
    ended_on = models.DateField(_("no more from"), null=True, blank=True)
    # Sessions have been made up to this day.
    made_until = models.DateField(null=True, blank=True, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("series")
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        return self.public_id


class Session(Described, TenantModel, TimestampedModel):
    """One class at one time: what people book. In the API it is called a class.

    `starts_local` on the clocks of `time_zone` is what was meant, `starts_at` and `ends_at` the instants in UTC that
    follow from it (CLS-12). The three counts are moved by `services.seats` alone, under the lock of this row:
    `confirmed` sits or will, `reserved` is offered or held, `waitlisted` waits (CLS-1).
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    class_type = models.ForeignKey(ClassType, on_delete=models.PROTECT, related_name="sessions")
    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="sessions")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions")
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions")
    # The day on which the rule put it, whatever day it was moved to: makes each occurrence once.
    series_day = models.DateField(null=True, blank=True, editable=False)
    # Edited by itself: "all" and "following" leave what was changed here alone.
    is_edited = models.BooleanField(default=False, editable=False)
    instructor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions_taught"
    )
    # Whom the instructor stands in for.
    substitutes = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    online_url = models.CharField(
        _("link to join online"), max_length=500, blank=True, validators=[URLValidator(["https", "http"])]
    )

    starts_local = models.CharField(_("starts"), max_length=16)
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    status = models.CharField(
        _("status"), max_length=10, choices=SessionStatus.choices, default=SessionStatus.SCHEDULED
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(_("why cancelled"), max_length=500, blank=True)
    # Whoever was in may leave for free for 24 hours after (CLS-13).
    moved_at = models.DateTimeField(_("moved"), null=True, blank=True)
    # The minimum was reached: it takes place (W29).
    guaranteed_at = models.DateTimeField(null=True, blank=True)
    # Nobody took attendance: nobody is marked (CLS-10).
    attendance_closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    confirmed = models.PositiveIntegerField(_("confirmed"), default=0, editable=False)
    reserved = models.PositiveIntegerField(_("offered or held"), default=0, editable=False)
    waitlisted = models.PositiveIntegerField(_("waiting"), default=0, editable=False)
    # The most that may sit now: the capacity, or more while a lowered capacity is over-booked (CLS-8). Falls with each
    # seat given back, never rises but by raising the capacity.
    ceiling = models.PositiveIntegerField(editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = pgettext_lazy("one", "class")
        verbose_name_plural = _("classes")
        constraints = [
            models.CheckConstraint(
                condition=Q(ceiling__gte=F("confirmed") + F("reserved")), name="classes_session_seats_within"
            ),
            models.CheckConstraint(condition=Q(ceiling__gte=F("capacity")), name="classes_session_ceiling"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="classes_session_ends_after_start"),
            models.UniqueConstraint(fields=["series", "series_day"], name="classes_session_once_a_day_of_series"),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="classes_session_time"),
            models.Index(fields=["studio", "starts_at"], name="classes_session_of_studio"),
            models.Index(fields=["room", "starts_at"], name="classes_session_of_room"),
            models.Index(fields=["instructor", "starts_at"], name="classes_session_of_teacher"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.starts_local}"

    def get_absolute_url(self) -> str:
        return reverse("classes:session", kwargs={"public_id": self.public_id})

    @property
    def taken(self) -> int:
        return self.confirmed + self.reserved

    @property
    def seats_left(self) -> int:
        """What a newcomer may hope for is nothing while somebody waits (CLS-3)."""
        return 0 if self.waitlisted else max(self.capacity - self.taken, 0)

    @property
    def over_by(self) -> int:
        """CLS-8: nobody is sent away when a host lowers the capacity."""
        return max(self.taken - self.capacity, 0)
