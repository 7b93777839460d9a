"""The back office of training partners."""

from matching.admin.meeting import ImpressionAdmin, MatchActionAdmin, MatchAdmin
from matching.admin.weights import WeightSetAdmin

__all__ = ["ImpressionAdmin", "MatchActionAdmin", "MatchAdmin", "WeightSetAdmin"]
