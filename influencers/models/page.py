from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.markdown import render_markdown
from fitfoodie.common.models import TimestampedModel
from influencers.enums import Accent
from influencers.querysets import CreatorPageQuerySet

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

MAX_ABOUT = 5000


class CreatorPage(TimestampedModel):
    """What a creator says about their work, beside the profile that every person has. One row a creator."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="creator_page")
    headline = models.CharField(_("headline"), max_length=140, blank=True)
    about = models.TextField(
        _("about my work"), max_length=MAX_ABOUT, blank=True, validators=[MaxLengthValidator(MAX_ABOUT)]
    )
    accent = models.CharField(_("colour"), max_length=10, choices=Accent.choices, default=Accent.BASIL)
    cover = models.OneToOneField(
        "influencers.CoverPhoto", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    # Copies for the order of the directory, set by `services.standing` alone: people are not counted while listing.
    follower_count = models.PositiveIntegerField(default=0, editable=False)
    standing = models.BigIntegerField(default=0, editable=False)

    objects = CreatorPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("creator page")
        verbose_name_plural = _("creator pages")
        indexes = [models.Index(fields=["-standing", "-id"], name="influencers_page_standing")]

    def __str__(self) -> str:
        return f"Page of {self.user_id}"

    @property
    def about_html(self) -> "SafeString":
        return render_markdown(self.about)
