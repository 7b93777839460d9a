"""The community: what a feed remembers, in which order it stands, and how much may be reported."""

from fitfoodie.settings.env import env

# Older entries leave the feeds of followers; what they led to stays where it was published.
FEED_KEEP_DAYS = env.int("FEED_KEEP_DAYS", default=90)
# A class with the method `rank` of `social.ranking.base.Ranker`.
FEED_RANKER = env.str("FEED_RANKER", default="social.ranking.simple.SimpleRanker")

# Reports in an hour: of an account, of the members behind one network address, of visitors behind one.
REPORTS_PER_HOUR = env.int("REPORTS_PER_HOUR", default=20)
REPORTS_PER_HOUR_BY_ADDRESS = env.int("REPORTS_PER_HOUR_BY_ADDRESS", default=100)
REPORTS_PER_HOUR_SIGNED_OUT = env.int("REPORTS_PER_HOUR_SIGNED_OUT", default=5)
# The e-mail address of a reporter without an account is forgotten so long after the decision.
REPORT_EMAIL_KEEP_DAYS = env.int("REPORT_EMAIL_KEEP_DAYS", default=30)
