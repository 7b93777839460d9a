"""Who stands in which relation to whom. Each pair has one row a relation; the database refuses a second (CRE-1)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from social.enums import ConnectionState, FollowState


class FollowQuerySet(models.QuerySet["Follow"]):
    def accepted(self) -> "FollowQuerySet":
        return self.filter(state=FollowState.ACCEPTED)

    def requested(self) -> "FollowQuerySet":
        return self.filter(state=FollowState.REQUESTED)


class Follow(models.Model):
    """One-way: the follower sees what the followee publishes. A private followee accepts first."""

    follower = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    followee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followed_by")
    state = models.CharField(_("state"), max_length=10, choices=FollowState.choices, default=FollowState.ACCEPTED)
    requested_at = models.DateTimeField(_("asked"))
    accepted_at = models.DateTimeField(_("since"), null=True, blank=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.UniqueConstraint(fields=["follower", "followee"], name="social_follow_once"),
            models.CheckConstraint(condition=~Q(follower=F("followee")), name="social_follow_not_self"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_at__isnull=False), name="social_follow_accepted_at_set"
            ),
        ]
        indexes = [
            models.Index(fields=["followee", "state", "-id"], name="social_follow_followers"),
            models.Index(fields=["follower", "state", "-id"], name="social_follow_followees"),
        ]

    def __str__(self) -> str:
        return f"{self.follower_id} → {self.followee_id}"


class ConnectionQuerySet(models.QuerySet["Connection"]):
    def accepted(self) -> "ConnectionQuerySet":
        return self.filter(state=ConnectionState.ACCEPTED)

    def of(self, person_id: int) -> "ConnectionQuerySet":
        return self.filter(Q(low_id=person_id) | Q(high_id=person_id))


class Connection(models.Model):
    """Friendship: both ways, asked for by one side. The pair is stored smaller id first, so it exists once (N43)."""

    low = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    high = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(
        _("state"), max_length=10, choices=ConnectionState.choices, default=ConnectionState.REQUESTED
    )
    requested_at = models.DateTimeField(_("asked"))
    accepted_at = models.DateTimeField(_("since"), null=True, blank=True)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("friendship")
        verbose_name_plural = _("friendships")
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="social_connection_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="social_connection_canonical"),
            models.CheckConstraint(
                condition=Q(requested_by=F("low")) | Q(requested_by=F("high")), name="social_connection_asked_by_one"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_at__isnull=False), name="social_connection_accepted_at_set"
            ),
        ]
        indexes = [models.Index(fields=["high", "state"], name="social_connection_high")]

    def __str__(self) -> str:
        return f"{self.low_id} – {self.high_id}"


class Block(models.Model):
    """Mutual in effect, silent in form: neither sees the other, only the blocker can tell and undo."""

    blocker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocked_by")
    blocked_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="social_block_once"),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="social_block_not_self"),
        ]
        indexes = [models.Index(fields=["blocked", "blocker"], name="social_block_blocked")]

    def __str__(self) -> str:
        return f"{self.blocker_id} ⊘ {self.blocked_id}"


class SocialStats(models.Model):
    """A person's totals, so that a list of 100,000 followers is never counted. Moved by `social.services` alone, in the
    transaction of the row they count; whoever changes the graph locks the rows of all concerned, smaller id first.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="social_stats"
    )
    follower_count = models.PositiveIntegerField(_("followers"), default=0)
    following_count = models.PositiveIntegerField(_("following"), default=0)
    friend_count = models.PositiveIntegerField(_("friends"), default=0)
    # How many friend requests were sent on which day (UTC): withdrawn ones count too.
    requests_on = models.DateField(null=True, blank=True, editable=False)
    requests_sent = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("totals of a person")
        verbose_name_plural = _("totals of people")

    def __str__(self) -> str:
        return f"Totals of {self.user_id}"
