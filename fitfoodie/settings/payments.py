"""Who moves the money (docs/payments.md)."""

from fitfoodie.settings.env import env

STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", default="")
STRIPE_PUBLISHABLE_KEY = env.str("STRIPE_PUBLISHABLE_KEY", default="")
STRIPE_WEBHOOK_SECRET = env.str("STRIPE_WEBHOOK_SECRET", default="")
# For a local server that speaks Stripe's protocol; empty is Stripe itself.
STRIPE_API_BASE = env.str("STRIPE_API_BASE", default="")
PAYMENT_PROVIDER = env.str("PAYMENT_PROVIDER", default="") or ("stripe" if STRIPE_SECRET_KEY else "test")
