"""Classes and training partners."""

from fitfoodie.settings.env import env

# How far ahead the classes of a series stand on the timetable.
CLASS_WEEKS_AHEAD = env.int("CLASS_WEEKS_AHEAD", default=12)
# Points of each component of a match, 100 in all; weights set in the back office go before these.
MATCH_WEIGHTS = {"level": 20, "interests": 25, "location": 20, "schedule": 25, "history": 10}
# Rolling 24 hours, whatever the person's time zone (MAT-6).
MATCH_SUPER_LIKES_A_DAY = env.int("MATCH_SUPER_LIKES_A_DAY", default=5)
MATCH_LIKES_A_DAY = env.int("MATCH_LIKES_A_DAY", default=100)
MATCH_UNDO_MINUTES = env.int("MATCH_UNDO_MINUTES", default=10)
MATCH_PASS_RETURNS_DAYS = env.int("MATCH_PASS_RETURNS_DAYS", default=30)
# Nobody younger is in a deck, nor has one (MAT-3).
MATCH_MIN_AGE = env.int("MATCH_MIN_AGE", default=18)
# How often one person is shown in a day at most, and below how many impressions ever a newcomer goes first (MAT-12).
MATCH_EXPOSURE_CAP_A_DAY = env.int("MATCH_EXPOSURE_CAP_A_DAY", default=200)
MATCH_NEWCOMER_IMPRESSIONS = env.int("MATCH_NEWCOMER_IMPRESSIONS", default=30)
# Changes of place within 24 hours (MAT-5).
MATCH_JUMPS_A_DAY = env.int("MATCH_JUMPS_A_DAY", default=3)
# An answer of a model that takes longer is the rules' (MAT-13).
MATCH_MODEL_TIMEOUT_MS = env.int("MATCH_MODEL_TIMEOUT_MS", default=100)
# Which recommender ranks partners; the rules stand in for one that is missing (MAT-13).
MATCH_MODEL = env.str("MATCH_MODEL", default="rules")
