"""Covers for meals without a photo: a plate composed from its ingredients, drawn as SVG (see docs/photos.md)."""

from meals.covers.cover import draw_cover

__all__ = ["draw_cover"]
