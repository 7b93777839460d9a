"""What people say afterwards, and the private address of their calendar."""

import secrets

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from classes.enums import PeerTag, RatingState
from classes.models.rsvp import Rsvp
from classes.models.session import ClassType, Session
from classes.tenancy import TenantModel
from fitfoodie.common.fields import ChoiceSetField
from fitfoodie.common.ids import new_public_id
from fitfoodie.common.models import TimestampedModel


class SessionRating(TenantModel, TimestampedModel):
    """By somebody who was there, once per session, editable for 14 days (CLS-16)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    rsvp = models.OneToOneField(Rsvp, on_delete=models.CASCADE, related_name="rating")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="ratings")
    class_type = models.ForeignKey(ClassType, on_delete=models.CASCADE, related_name="ratings")
    # Who taught: their average is made of these.
    instructor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="ratings_received"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="session_ratings"
    )
    stars = models.PositiveSmallIntegerField(_("stars"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    text = models.TextField(_("in your words"), max_length=2000, blank=True)
    state = models.CharField(max_length=8, choices=RatingState.choices, default=RatingState.VISIBLE)
    # Of a held one `filter:` and what the filter saw, or what staff wrote; the author reads it in words.
    state_reason = models.CharField(max_length=500, blank=True)
    rated_at = models.DateTimeField(_("rated"))
    # The host answers publicly, and cannot remove (N41).
    reply = models.TextField(_("answer"), max_length=2000, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("rating of a class")
        verbose_name_plural = _("ratings of classes")
        constraints = [
            models.UniqueConstraint(fields=["session", "author"], name="classes_sessionrating_once"),
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="classes_sessionrating_stars"),
        ]
        indexes = [
            models.Index(fields=["class_type", "state", "-rated_at"], name="classes_rating_of_type"),
            models.Index(fields=["instructor", "state", "-rated_at"], name="classes_rating_of_teacher"),
        ]

    def __str__(self) -> str:
        return f"{self.stars} for {self.session_id}"


class InstructorRating(models.Model):
    """What people think of whoever teaches, over all classes and chains; derived as the columns of a class type are."""

    instructor = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="teaching_rating"
    )
    rating_count = models.PositiveIntegerField(default=0)
    rating_average = models.FloatField(null=True)
    rating_bayes = models.FloatField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.rating_count} ratings of {self.instructor_id}"


class PeerReview(TimestampedModel):
    """From one training partner to another after a session both attended. Both written, then both shown (N38)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="peer_reviews")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="peer_reviews_written")
    subject = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="peer_reviews")
    tags = ChoiceSetField(PeerTag, verbose_name=_("what fits"))
    text = models.TextField(_("in your words"), max_length=1000, blank=True)
    written_at = models.DateTimeField(_("written"))
    shown_at = models.DateTimeField(_("shown"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=RatingState.choices, default=RatingState.VISIBLE)

    class Meta:
        verbose_name = _("word among partners")
        verbose_name_plural = _("words among partners")
        constraints = [
            models.UniqueConstraint(fields=["session", "author", "subject"], name="classes_peerreview_once"),
            models.CheckConstraint(condition=~Q(author=F("subject")), name="classes_peerreview_of_another"),
        ]
        indexes = [models.Index(fields=["subject", "-written_at"], name="classes_peerreview_about")]

    def __str__(self) -> str:
        return f"{self.author_id} on {self.subject_id}"


def new_calendar_token() -> str:
    return secrets.token_urlsafe(32)


class CalendarFeed(models.Model):
    """The secret address under which a calendar program reads a person's classes; renewed to revoke it (CLS-19)."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed")
    token = models.CharField(max_length=43, unique=True, default=new_calendar_token, editable=False)
    made_at = models.DateTimeField()
    last_read_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Calendar of {self.user_id}"
