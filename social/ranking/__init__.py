"""In which order the feed "For you" stands. Arrays in and out, no database: a ranking is replaced by a setting."""
