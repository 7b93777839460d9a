"""Private files on local disk, given out by links that expire, as a bucket does with signed links."""

from __future__ import annotations

import mimetypes

from django.core import signing
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from django.utils.deconstruct import deconstructible

SALT = "fitfoodie.private-file"
# Python 3.11 does not know these; a bucket would serve them as octet-stream and no browser would show them.
mimetypes.add_type("image/avif", ".avif")
mimetypes.add_type("image/webp", ".webp")


@deconstructible(path="fitfoodie.common.storage.PrivateFileSystemStorage")
class PrivateFileSystemStorage(FileSystemStorage):
    def url(self, name: str | None) -> str:
        """A link for whoever holds it, until PRIVATE_LINK_SECONDS have passed."""
        return reverse("private-file", kwargs={"token": signing.dumps(name, salt=SALT)})


def name_of(token: str, *, max_age: int) -> str:
    """The file a link stands for. Raises signing.BadSignature when it is forged or has expired."""
    return str(signing.loads(token, salt=SALT, max_age=max_age))
