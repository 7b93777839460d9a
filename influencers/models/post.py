"""What creators write between their meals."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.ids import new_public_id
from fitfoodie.common.images.models import AbstractPhoto
from fitfoodie.common.markdown import plain_text
from fitfoodie.common.models import TimestampedModel
from influencers.enums import PostStatus
from influencers.querysets import PostQuerySet
from meals.enums import Audience
from meals.models import Meal
from social.models import Reactable

HEADLINE = 80


class Post(Reactable, TimestampedModel):
    """Text in Markdown with photos and meals it speaks of. It has no title: its first line serves as one."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    text = models.TextField(_("text"), max_length=5000)
    language = models.CharField(_("language"), max_length=10, default="en")
    status = models.CharField(_("status"), max_length=10, choices=PostStatus.choices, default=PostStatus.DRAFT)
    audience = models.CharField(_("who may see it"), max_length=10, choices=Audience.choices, default=Audience.EVERYONE)
    scheduled_for = models.DateTimeField(_("scheduled for"), null=True, blank=True)
    # That of the first time, whatever happened since.
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    # Raised by every edit; what `If-Match` is held against (REC-9).
    version = models.PositiveIntegerField(default=1)
    # Why staff took it down: until staff put it back, its author can edit it but not show it.
    taken_down_reason = models.CharField(_("taken down because"), max_length=500, blank=True, editable=False)
    meals = models.ManyToManyField(Meal, through="PostMeal", related_name="posts")

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="influencers_post_published_at_set",
            ),
            models.CheckConstraint(
                condition=Q(status="scheduled", scheduled_for__isnull=False)
                | (~Q(status="scheduled") & Q(scheduled_for__isnull=True)),
                name="influencers_post_scheduled_for_set",
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(taken_down_reason=""), name="influencers_post_taken_down_hidden"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(status="published", audience="everyone"),
                name="influencers_post_public_newest",
            ),
            models.Index(fields=["author", "status", "-published_at"], name="influencers_post_author"),
            models.Index(fields=["scheduled_for"], condition=Q(status="scheduled"), name="influencers_post_due"),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return reverse("influencers:post", kwargs={"public_id": self.public_id})

    @property
    def headline(self) -> str:
        """The first line, shortened; never empty."""
        first = plain_text(self.text).partition("\n")[0]
        return Truncator(first).chars(HEADLINE) or gettext("Untitled post")

    @property
    def is_for_everyone(self) -> bool:
        """The post's own half of `PostQuerySet.public`; whether its author is private is the other."""
        return self.status == PostStatus.PUBLISHED and self.audience == Audience.EVERYONE


class PostPhoto(TimestampedModel, AbstractPhoto):
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(AbstractPhoto.Meta):
        verbose_name = _("photo of a post")
        verbose_name_plural = _("photos of posts")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.alt or self.public_id


class PostMeal(models.Model):
    """A meal the post speaks of. Who may not see the meal does not see it here either."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="links")
    meal = models.ForeignKey(Meal, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["post", "meal"], name="influencers_postmeal_once")]

    def __str__(self) -> str:
        return f"{self.post_id} → {self.meal_id}"
