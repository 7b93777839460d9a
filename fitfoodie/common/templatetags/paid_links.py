"""`{% if link|is_paid_link %}<c-paid-link …>`: for places that show addresses people wrote (AFF-12)."""

from django import template

from fitfoodie.common.paid_links import is_paid_link

register = template.Library()
register.filter("is_paid_link", is_paid_link)
