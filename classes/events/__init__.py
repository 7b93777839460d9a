"""What happens in classes, as facts. Fields are only ever added, with a default."""

from classes.events import ratings, schedule, seats

__all__ = ["ratings", "schedule", "seats"]
