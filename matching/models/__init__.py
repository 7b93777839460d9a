from matching.models.action import Match, MatchAction
from matching.models.profile import MAX_RADIUS_KM, FitnessProfile
from matching.models.ranking import Impression, WeightSet

__all__ = ["MAX_RADIUS_KM", "FitnessProfile", "Impression", "Match", "MatchAction", "WeightSet"]
