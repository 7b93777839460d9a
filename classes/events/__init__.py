"""What happens in classes, as facts. Fields are only ever added, with a default."""

from classes.events import chains, ratings, schedule, seats

__all__ = ["chains", "ratings", "schedule", "seats"]
