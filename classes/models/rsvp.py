"""Seats: who asked, who waits, who was there, and how each of it came about."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from classes.enums import ACTIVE, Answer, FeeState, HandOnState, OutingState, RsvpStatus
from classes.models.session import Session
from classes.tenancy import TenantModel
from fitfoodie.common.ids import new_public_id


class Rsvp(TenantModel):
    """One try of one person to get into one session. The line is `priority` descending, `joined_at`, `id` (CLS-4)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="rsvps")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="rsvps")
    status = models.CharField(_("status"), max_length=10, choices=RsvpStatus.choices)
    priority = models.SmallIntegerField(_("priority"), default=0)
    joined_at = models.DateTimeField(_("joined"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # Until then the offered or held seat is theirs; the time counts, not the sweep that comes after it (CLS-6).
    reserved_until = models.DateTimeField(_("seat reserved until"), null=True, blank=True)
    # A claim or a confirmation from the line within the late window has its own grace (CLS-9).
    free_cancel_until = models.DateTimeField(_("free to cancel until"), null=True, blank=True)
    # The offer asks about another class at the same time (CLS-7).
    clashes_with = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # Passed over in line, and why: shown to the person and the host (CLS-4).
    skipped_at = models.DateTimeField(null=True, blank=True)
    skipped_because = models.CharField(max_length=40, blank=True)
    # House rules and price as they were then (TEN-3).
    policy = models.JSONField(default=dict)
    price = models.DecimalField(_("price"), max_digits=9, decimal_places=2, null=True, blank=True)
    # Handed over by somebody who could not come.
    handed_on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outing = models.ForeignKey("classes.Outing", null=True, blank=True, on_delete=models.SET_NULL, related_name="rsvps")
    # Not shown to the other people in the class (CLS-18).
    is_hidden = models.BooleanField(_("hide me from the others"), default=False)
    # What the person's QR code says: check-in happens once for it (CLS-11).
    nonce = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    checked_in_at = models.DateTimeField(_("checked in"), null=True, blank=True)
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    fee = models.DecimalField(_("fee"), max_digits=9, decimal_places=2, default=0)
    fee_state = models.CharField(_("fee is"), max_length=10, choices=FeeState.choices, default=FeeState.NONE)
    fee_charges_at = models.DateTimeField(_("fee is charged from"), null=True, blank=True)
    dispute = models.CharField(_("what the person says"), max_length=1000, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "user"],
                condition=Q(status__in=[status.value for status in sorted(ACTIVE)]),
                name="classes_rsvp_one_active",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["offered", "held"]) | Q(reserved_until__isnull=False),
                name="classes_rsvp_reservation_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["session", "status", "-priority", "joined_at", "id"], name="classes_rsvp_line"),
            models.Index(fields=["user", "status"], name="classes_rsvp_of_person"),
            models.Index(
                fields=["reserved_until"], condition=Q(status__in=["offered", "held"]), name="classes_rsvp_reserved"
            ),
            models.Index(fields=["fee_charges_at"], condition=Q(fee_state="pending"), name="classes_rsvp_fee_pending"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.session_id}: {self.status}"


class RsvpMove(models.Model):
    """One step: who, when, why (N32). Only ever added."""

    rsvp = models.ForeignKey(Rsvp, on_delete=models.CASCADE, related_name="moves")
    from_status = models.CharField(max_length=10, choices=RsvpStatus.choices, blank=True)
    to_status = models.CharField(max_length=10, choices=RsvpStatus.choices)
    # None is the house itself: a promotion, a sweep.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.rsvp_id}: {self.to_status}"


class SeatHandOn(TenantModel):
    """Somebody who cannot come asks a friend to take the seat. It stays theirs until the friend says yes."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    rsvp = models.ForeignKey(Rsvp, on_delete=models.CASCADE, related_name="hand_ons")
    friend = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seats_offered")
    state = models.CharField(max_length=10, choices=HandOnState.choices, default=HandOnState.OPEN)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["rsvp"], condition=Q(state="open"), name="classes_seathandon_one_open"),
        ]
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(state="open"), name="classes_seathandon_due"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Outing(TenantModel):
    """Going together: two, or a crew of up to six, who want one session and take all seats or none (W5)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="outings")
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=OutingState.choices, default=OutingState.PROPOSED)
    note = models.CharField(_("a word to them"), max_length=300, blank=True)
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(state="proposed"), name="classes_outing_open"),
        ]

    def __str__(self) -> str:
        return self.public_id


class OutingMember(models.Model):
    """The proposer is one of them and has said yes."""

    outing = models.ForeignKey(Outing, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="outings")
    answer = models.CharField(max_length=5, choices=Answer.choices, default=Answer.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outing", "user"], name="classes_outingmember_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.outing_id}: {self.answer}"
