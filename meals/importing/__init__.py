"""Recipes from elsewhere, read into what a creator could have typed: no database, no network."""
