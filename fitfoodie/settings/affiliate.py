"""The affiliate program: what a link earns, for how long a click counts, and when a creator is paid."""

from fitfoodie.settings.env import env

# A fraction of what a line costs without tax; staff may set another for one creator.
COMMISSION_RATE = env.decimal("COMMISSION_RATE", default="0.10")
AFFILIATE_WINDOW_DAYS = env.int("AFFILIATE_WINDOW_DAYS", default=30)
COMMISSION_HOLDING_DAYS = env.int("COMMISSION_HOLDING_DAYS", default=14)
PAYOUT_MINIMUM = env.decimal("PAYOUT_MINIMUM", default="20.00")
# Whether a link to a meal that left the menu still attributes what is ordered instead (AFF-13).
AFFILIATE_ARCHIVED_KEEPS_CODE = env.bool("AFFILIATE_ARCHIVED_KEEPS_CODE", default=True)
# More orders than these in the time look like a machine's: their commissions wait for a person to look (AFF-6).
AFFILIATE_BURST_MINUTES = env.int("AFFILIATE_BURST_MINUTES", default=60)
AFFILIATE_BURST_ORDERS = env.int("AFFILIATE_BURST_ORDERS", default=20)
AFFILIATE_BURST_SAME_BUYER = env.int("AFFILIATE_BURST_SAME_BUYER", default=5)
