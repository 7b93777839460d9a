"""Settings of photos that cannot be right, by id."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def check_photo_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return list(_wrong_settings())


def _wrong_settings() -> Iterator[CheckMessage]:
    if settings.CLAMAV_ADDRESS and not _is_socket_address(settings.CLAMAV_ADDRESS):
        yield Error(
            f"CLAMAV_ADDRESS “{settings.CLAMAV_ADDRESS}” is no socket.",
            hint="host:port, such as clamav:3310, or the path of a Unix socket. With this value every photo is held.",
            id="photos.E001",
        )
    if settings.PHOTO_MAX_MEGABYTES <= 0 or settings.PHOTO_MAX_MEGAPIXELS <= 0:
        yield Error(
            "PHOTO_MAX_MEGABYTES and PHOTO_MAX_MEGAPIXELS must be above 0.",
            hint="20 and 50 suit what phones make.",
            id="photos.E002",
        )
    if settings.PRIVATE_LINK_SECONDS < 1:
        yield Error("PRIVATE_LINK_SECONDS must be at least 1.", hint="300 is a fair value.", id="photos.E003")
    if not all(origin.startswith(("https://", "http://")) for origin in settings.MEDIA_ORIGINS):
        yield Error(
            f"Photos would be shown from “{settings.MEDIA_URL}”, which is no web address.",
            hint="Give MEDIA_PUBLIC_URL or AWS_S3_ENDPOINT_URL with its scheme.",
            id="photos.E004",
        )


def _is_socket_address(address: str) -> bool:
    host, _, port = address.rpartition(":")
    return "/" in address or (bool(host) and port.isdecimal() and 0 < int(port) < 65536)
