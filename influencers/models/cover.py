"""The wide photo above a creator's page."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fitfoodie.common.images.models import AbstractPhoto, PhotoState
from fitfoodie.common.images.services import delete_photo
from fitfoodie.common.models import TimestampedModel
from influencers.models.page import CreatorPage


class CoverPhoto(TimestampedModel, AbstractPhoto):
    """The one that is shown is `CreatorPage.cover`; a newer one takes over once it is checked."""

    MIN_SIDE = 400

    page = models.ForeignKey(CreatorPage, on_delete=models.CASCADE, related_name="covers")

    class Meta(AbstractPhoto.Meta):
        verbose_name = _("cover photo")
        verbose_name_plural = _("cover photos")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.alt or f"{_('cover photo')} {self.page_id}"

    def processed(self) -> None:
        """The photo takes its place, and those before it go, in the transaction that ends the processing."""
        if self.state != PhotoState.READY:
            return
        page = CreatorPage.objects.select_for_update(no_key=True).get(pk=self.page_id)
        page.cover = self
        page.save(update_fields=["cover", "updated_at"])
        for older in CoverPhoto.objects.filter(page=page, pk__lt=self.pk):
            delete_photo(photo=older)
