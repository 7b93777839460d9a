"""The back office of people: who they are, what they may, what happened to them."""

from accounts.admin import people, roles, sign_ins

__all__ = ["people", "roles", "sign_ins"]
