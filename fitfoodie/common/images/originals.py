from fitfoodie.common.images.errors import ImageRefused
from fitfoodie.common.images.sniffing import sniff

_ENDINGS = {"JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp", "AVIF": ".avif"}


def ending_of(head: bytes) -> str:
    """The usual ending of a file that begins with `head`: originals are kept without a name of their own."""
    try:
        return _ENDINGS[sniff(head)]
    except ImageRefused:
        return ".bin"
