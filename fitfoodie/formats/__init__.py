"""How each language writes dates and times: the day before the month and 24 hours, as the clocks of studios show them."""
