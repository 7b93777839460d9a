"""A small app of its own, only there to be killed: one fact, two consumers that count their deliveries."""
