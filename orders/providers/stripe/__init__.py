"""Stripe, through its official library: PaymentIntents, refunds, signed webhooks."""
