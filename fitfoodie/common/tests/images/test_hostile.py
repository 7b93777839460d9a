"""315 broken, odd and hostile files that others collected: each refused in words or made safe."""

import io
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from fitfoodie.common.images.cleaning import clean_image, inspect_upload
from fitfoodie.common.images.errors import ImageRefused

pytestmark = pytest.mark.data


def hostile_files():
    folder = Path(os.environ.get("FITFOODIE_DATA", "/nonexistent")) / "hostile-images"
    manifest = folder / "manifest.json"
    if not manifest.exists():
        pytest.skip("FITFOODIE_DATA names no folder with hostile-images; the other tests draw their own bad files")
    return [(entry["path"], (folder / entry["path"]).read_bytes()) for entry in json.loads(manifest.read_text())]


def early_outcome(data):
    try:
        inspect_upload(io.BytesIO(data), min_side=1)
    except ImageRefused as refusal:
        return refusal.code
    return "let through"


def outcome(path, data):
    try:
        result = clean_image(io.BytesIO(data), min_side=1)
    except ImageRefused as refusal:
        return refusal.code
    image = Image.open(io.BytesIO(result.bytes))
    image.load()
    assert dict(image.getexif()) == {}, path
    assert "icc_profile" not in image.info, path
    assert max(image.size) <= 1600, path
    return "made safe"


def test_hostile_images():
    files = hostile_files()
    with ThreadPoolExecutor(2) as pool:
        early = list(pool.map(lambda entry: early_outcome(entry[1]), files))
        final = list(pool.map(lambda entry: outcome(*entry), files))
    assert len(final) == len(files) >= 315
    assert "too_heavy" not in final
    assert final.count("svg") == early.count("svg") == 6
    assert final.count("made safe") >= 200
    # What the request refuses the background would refuse as well.
    contradictions = [
        path
        for (path, _), first, last in zip(files, early, final, strict=True)
        if first != "let through" and last == "made safe"
    ]
    assert contradictions == []
