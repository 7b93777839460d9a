"""Carts and orders."""

from fitfoodie.settings.env import env

# An order that nobody has paid by then gives its portions, slot and codes back.
ORDER_EXPIRES_MINUTES = env.int("ORDER_EXPIRES_MINUTES", default=30)
# How many days ahead slots can be chosen, today included.
ORDER_SLOT_DAYS = env.int("ORDER_SLOT_DAYS", default=8)
