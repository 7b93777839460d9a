"""What a file is by its first bytes. Names and content types come from the uploader and are never asked (REC-14)."""

from __future__ import annotations

from fitfoodie.common.images.errors import ImageRefused

SNIFF_BYTES = 1024
_READ = (
    # (bytes at the start, Pillow's name of the format)
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
)
_NAMED_BUT_NOT_READ = (
    # (bytes at the start, Pillow's name of the format)
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"8BPS", "Photoshop"),
    (b"\x00\x00\x01\x00", "icon"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"DDS ", "DDS"),
    (b"icns", "icon"),
)
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


def _iso_media_kind(head: bytes) -> str:
    """AVIF or HEIC by the brands of the ftyp box; "" for videos and the rest of that family."""
    brands = head[8 : max(16, min(int.from_bytes(head[:4], "big"), 256))]
    found = [brands[start : start + 4] for start in (0, *range(8, len(brands), 4))]
    if b"avif" in found or b"avis" in found:
        return "AVIF"
    return "HEIC" if any(brand in _HEIF_BRANDS for brand in found) else ""


def _is_svg(head: bytes) -> bool:
    text = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\x00", b"").lower()
    return text.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--")) and (b"<svg" in text or b"<?xml" in text)


def sniff(head: bytes) -> str:
    """A Pillow format name from the first SNIFF_BYTES of a file. Raises ImageRefused."""
    if not head:
        raise ImageRefused("empty")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and (kind := _iso_media_kind(head)):
        if kind == "HEIC":  # Pillow has no decoder for it
            raise ImageRefused("unsupported_type", kind=kind)
        return kind
    if kind := _named(head, _READ):
        return kind
    if kind := _named(head, _NAMED_BUT_NOT_READ):
        raise ImageRefused("unsupported_type", kind=kind)
    raise ImageRefused("svg" if _is_svg(head) else "not_an_image")


def _named(head: bytes, table: tuple[tuple[bytes, str], ...]) -> str:
    return next((kind for magic, kind in table if head.startswith(magic)), "")
