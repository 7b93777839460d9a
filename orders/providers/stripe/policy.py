"""What the one page with Stripe's own form may load from Stripe; every other page loads from us alone."""

PAGE_POLICY = {
    "script-src": ["https://js.stripe.com"],
    "frame-src": ["https://js.stripe.com", "https://hooks.stripe.com"],
    "connect-src": ["https://api.stripe.com"],
}
