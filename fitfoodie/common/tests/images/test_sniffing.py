import pytest

from fitfoodie.common.images.errors import ImageRefused
from fitfoodie.common.images.sniffing import sniff


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"GIF89a", "GIF"),
        (b"GIF87a", "GIF"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "WEBP"),
        (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf", "AVIF"),
        (b"\x00\x00\x00\x20ftypmif1\x00\x00\x00\x00mif1avifmiafMA1B", "AVIF"),
    ],
)
def test_sniff_photo(head, kind):
    assert sniff(head) == kind


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", "svg"),
        (b"\xef\xbb\xbf \n<?xml version='1.0'?><svg>", "svg"),
        ("<svg onload='x()'>".encode("utf-16"), "svg"),
        (b"<!-- hello --><svg>", "svg"),
        (b"<html><script>", "not_an_image"),
        (b"PK\x03\x04", "not_an_image"),
        (b"MZ\x90", "not_an_image"),
        (b"%PDF-1.7", "not_an_image"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", "not_an_image"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "not_an_image"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "unsupported_type"),
        (b"BM\x00\x00", "unsupported_type"),
        (b"II*\x00", "unsupported_type"),
        (b"8BPS", "unsupported_type"),
    ],
)
def test_sniff_refused(head, code):
    with pytest.raises(ImageRefused) as caught:
        sniff(head)
    assert caught.value.code == code


def test_sniff_heic_names_the_way_out():
    with pytest.raises(ImageRefused, match=r"HEIC file.*Save it as JPEG"):
        sniff(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")
