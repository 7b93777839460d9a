"""Contrast of the colour tokens, computed from the stylesheet itself (WCAG 2.2: 1.4.3 and 1.4.11)."""

import re

import pytest
from django.conf import settings

BASE = (settings.BASE_DIR / "static/css/base.css").read_text()
TOKENS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", BASE)
}
# The table of design: every text pair at 5.3:1 or better.
TEXT_PAIRS = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "sunken"),
    ("quiet", "paper"),
    ("quiet", "card"),
    ("quiet", "sunken"),
    ("basil", "paper"),
    ("basil", "card"),
    ("on-basil", "basil"),
    ("on-apricot", "apricot"),
    ("tomato", "paper"),
    ("tomato", "card"),
    ("on-tomato", "tomato"),
    ("ink", "basil-soft"),
    ("ink", "apricot-soft"),
    ("ink", "tomato-soft"),
    ("basil-strong", "basil-soft"),
    ("paper", "ink"),
]
NORMAL_TEXT_PAIRS = [("tomato", "tomato-soft"), ("basil", "sunken"), ("tomato", "sunken"), ("on-basil", "basil-strong")]
SHAPE_PAIRS = [
    ("edge", "paper"),
    ("edge", "card"),
    ("basil", "card"),
    ("basil", "line"),
    ("tomato", "line"),
    ("apricot-edge", "card"),
]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_contrast_text_pair(text, ground, theme):
    assert contrast(TOKENS[text][theme], TOKENS[ground][theme]) >= 5.3


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), NORMAL_TEXT_PAIRS)
def test_contrast_rarer_text_pair(text, ground, theme):
    assert contrast(TOKENS[text][theme], TOKENS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_contrast_shape_that_carries_meaning(shape, ground, theme):
    assert contrast(TOKENS[shape][theme], TOKENS[ground][theme]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("number", range(8))
def test_contrast_initials_on_every_avatar_ground(number, theme):
    assert contrast(TOKENS["ink"][theme], TOKENS[f"hue-{number}"][theme]) >= 5.3


def test_tokens_equal_the_design_table():
    fixed = {
        "paper": ("#FBF8F3", "#121512"),
        "card": ("#FFFFFF", "#1B201C"),
        "sunken": ("#F3EEE5", "#161A17"),
        "ink": ("#1E241F", "#EDF1EC"),
        "quiet": ("#59625A", "#A3AEA5"),
        "basil": ("#1F6B45", "#74D19C"),
        "on-basil": ("#FFFFFF", "#0E1A13"),
        "apricot": ("#F6A94F", "#F6B26B"),
        "tomato": ("#B93A24", "#FF8F7A"),
        "line": ("#E4DED3", "#2C332D"),
    }
    assert {name: (TOKENS[name]["light"], TOKENS[name]["dark"]) for name in fixed} == fixed


def test_no_colour_outside_the_tokens():
    for sheet in ("layout", "components", "pages"):
        text = (settings.BASE_DIR / f"static/css/{sheet}.css").read_text()
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b", text) == []


def test_every_custom_property_used_is_defined():
    own = [path for path in sorted((settings.BASE_DIR / "static/css").glob("*.css")) if path.stem != "admin"]
    sheets = "".join(path.read_text() for path in own)  # the back office has its theme's properties
    used, defined = set(re.findall(r"var\((--[\w-]+)", sheets)), set(re.findall(r"(--[\w-]+):", sheets))
    assert used - defined == set()
