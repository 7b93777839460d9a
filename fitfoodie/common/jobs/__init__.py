"""Background work that nobody has to watch: retried, kept when it fails for good, scheduled once."""
