from django.utils.translation import gettext_lazy as _

from fitfoodie.common.errors import DomainError

MESSAGES = {
    "empty": _("The file is empty. Choose the photo again."),
    "too_big": _("The file is too big. Choose a photo of at most {limit} MB, or save it smaller."),
    "svg": _("SVG drawings can hold scripts, so they are not accepted. Export the drawing as PNG and upload that."),
    "unsupported_type": _("This is a {kind} file, which cannot be shown on the web. Save it as JPEG, PNG or WebP."),
    "not_an_image": _("This file is not a photo, whatever its name says. Choose a JPEG, PNG, WebP, AVIF or GIF."),
    "broken": _("The photo is damaged or incomplete and cannot be read. Export it again and upload the new file."),
    "too_many_pixels": _("The photo has too many pixels. Choose one of at most {limit} megapixels."),
    "too_small": _("The photo is too small. It must be at least {limit} pixels wide and high."),
    "too_heavy": _("The photo takes too long to read. Save it again as an ordinary JPEG and upload that."),
    "infected": _("The virus scanner found something harmful in this file, so it was not kept."),
}


class ImageRefused(DomainError):  # noqa: N818 - a refusal is an answer to the uploader, not a fault of ours
    """An upload that is not taken, with the reason and the way out in `message`; `code` is a key of MESSAGES."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(str(MESSAGES[code]).format(**values), code=code, field="photo")
