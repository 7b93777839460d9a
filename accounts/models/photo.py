from django.conf import settings
from django.db import models

from fitfoodie.common.images import renditions
from fitfoodie.common.images.models import AbstractPhoto, PhotoState
from fitfoodie.common.images.services import delete_photo
from fitfoodie.common.models import TimestampedModel

AVATAR_WIDTH = 320


def avatar_address(name: str, width: int) -> str:
    """From the stored columns alone: a list of people asks nothing of the storage."""
    return settings.MEDIA_URL + renditions.file_name(name, min(width, AVATAR_WIDTH), "JPEG")


class ProfilePhoto(TimestampedModel, AbstractPhoto):
    """A photo of a person. The one that is shown is `Profile.photo`; a newer one takes over once it is checked."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="photos")

    class Meta(AbstractPhoto.Meta):
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Photo of {self.user_id}"

    @property
    def address(self) -> str:
        """Of the small size: pages show it round, at most 112 wide. Empty until the photo is checked."""
        return avatar_address(self.name, self.width) if self.name else ""

    def processed(self) -> None:
        """The photo takes its place, and those before it go, in the transaction that ends the processing."""
        if self.state != PhotoState.READY:
            return
        profile = type(self.user).objects.select_related("profile").get(pk=self.user_id).profile
        profile.photo = self
        profile.save(update_fields=["photo", "updated_at"])
        for older in type(self).objects.filter(user=self.user_id, pk__lt=self.pk):
            delete_photo(photo=older)
