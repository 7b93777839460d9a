"""Reading the letters that were sent."""

import re

from django.core import mail


def last_mail(to=None):
    return [letter for letter in mail.outbox if to is None or letter.to == [to]][-1]


def subjects(to):
    return [letter.subject for letter in mail.outbox if letter.to == [to]]


def code_in(letter):
    return re.search(r"^\s+([A-Z]{4}-[A-Z]{4})$", letter.body, re.MULTILINE)[1]


def path_in(letter):
    """The first link of ours, without the host."""
    return re.search(r"https?://testserver(/\S+)", letter.body)[1]
