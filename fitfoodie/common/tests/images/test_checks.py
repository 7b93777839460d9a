import pytest

from fitfoodie.common.images.checks import check_photo_settings


def ids():
    return [message.id for message in check_photo_settings(None)]


def test_check_photo_settings_defaults():
    assert ids() == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("CLAMAV_ADDRESS", "clamav:3310", []),
        ("CLAMAV_ADDRESS", "/run/clamd.sock", []),
        ("CLAMAV_ADDRESS", "clamav", ["photos.E001"]),
        ("CLAMAV_ADDRESS", "clamav:0", ["photos.E001"]),
        ("CLAMAV_ADDRESS", ":3310", ["photos.E001"]),
        ("PHOTO_MAX_MEGABYTES", 0, ["photos.E002"]),
        ("PHOTO_MAX_MEGAPIXELS", -1, ["photos.E002"]),
        ("PRIVATE_LINK_SECONDS", 0, ["photos.E003"]),
        ("MEDIA_ORIGINS", ["https://img.example.org"], []),
        ("MEDIA_ORIGINS", ["minio://"], ["photos.E004"]),
    ],
)
def test_check_photo_settings(settings, name, value, expected):
    setattr(settings, name, value)
    assert ids() == expected
