"""Identifiers that may be shown to strangers: not guessable, not countable, easy to read aloud."""

import secrets

# Base 32 without the letters that are mistaken for others (Crockford): i, l, o, u.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_public_id() -> str:
    """Twelve characters, 60 random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))
