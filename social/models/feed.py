"""What people did that others may want to see, and whose feed it stands in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FeedItem(models.Model):
    """One thing somebody did. What it was is the subject's to say, and whether one may see it: nothing is copied."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_items")
    # Of `social.feed_sources`: what one can mute.
    kind = models.CharField(_("kind"), max_length=20)
    subject_type = models.CharField(max_length=60)
    subject_id = models.PositiveBigIntegerField()
    happened_at = models.DateTimeField(_("when"))
    # The subject is a draft again, archived or gone: saves the reading of it. Who may see it is still asked (REC-8).
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("feed item")
        verbose_name_plural = _("feed items")
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "kind"], name="social_feeditem_once")
        ]
        indexes = [
            models.Index(fields=["actor", "-happened_at", "-id"], name="social_feeditem_actor"),
            models.Index(
                fields=["-happened_at", "-id"], condition=Q(is_withdrawn=False), name="social_feeditem_newest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.actor_id}"


class FeedEntry(models.Model):
    """An item in the feed of a follower, written ahead in the background so that reading is one walk of one index.

    Only a hint of where to look: whether the owner still follows, and may see, is asked at each reading (CRE-3).
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(FeedItem, on_delete=models.CASCADE, related_name="entries")
    happened_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "item"], name="social_feedentry_once")]
        indexes = [
            models.Index(fields=["owner", "-happened_at", "-item"], name="social_feedentry_newest"),
            models.Index(fields=["happened_at"], name="social_feedentry_oldest"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} for {self.owner_id}"


class FeedMute(models.Model):
    """A kind of thing somebody does not want in their feed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_mutes")
    kind = models.CharField(max_length=20)
    muted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="social_feedmute_once")]

    def __str__(self) -> str:
        return f"{self.kind} muted by {self.person_id}"
