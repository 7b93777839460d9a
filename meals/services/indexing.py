"""Keeping the search index in step with what strangers may see (REC-8)."""

from meals.models import Meal


def follow(meal: Meal) -> None:
    """Called in the transaction of every change that may alter what a search finds or shows."""


def forget(meal_id: int) -> None:
    """The meal is gone for good."""
