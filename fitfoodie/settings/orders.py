"""Carts and orders."""

from fitfoodie.settings.env import env

# An order that nobody has paid by then gives its portions, slot and codes back.
ORDER_EXPIRES_MINUTES = env.int("ORDER_EXPIRES_MINUTES", default=30)
# Of what a class costs, the part that is tax, until the till of its chain says otherwise; a fraction.
CLASS_TAX_RATE = env.str("CLASS_TAX_RATE", default="0.19")
# How many days ahead slots can be chosen, today included.
ORDER_SLOT_DAYS = env.int("ORDER_SLOT_DAYS", default=8)
