"""How each language writes dates and times: day before month, and 24 hours, as the clocks of studios show them."""
