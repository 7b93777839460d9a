"""The back office of training partners."""

from matching.admin.weights import WeightSetAdmin

__all__ = ["WeightSetAdmin"]
