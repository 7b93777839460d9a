"""Reads that need more than one model or more than one question."""

from meals.selectors.discovery import Found, allergies_respected, find_meals, hidden_by_allergies, loosened
from meals.selectors.facets import Facet, FacetOption, facets_of
from meals.selectors.meals import Rail, home_rails, leading_creators, meal_for_page, saved_by, similar_meals
from meals.selectors.whole import is_told_whole, whole_recipe

__all__ = [
    "Facet",
    "FacetOption",
    "Found",
    "Rail",
    "allergies_respected",
    "facets_of",
    "find_meals",
    "hidden_by_allergies",
    "home_rails",
    "is_told_whole",
    "leading_creators",
    "loosened",
    "meal_for_page",
    "saved_by",
    "similar_meals",
    "whole_recipe",
]
