"""`python -m tests.crash.report`: what was delivered, as JSON."""

import json

import django

django.setup()

from fitfoodie.events.models import Event  # noqa: E402  after the set-up, as in any script
from tests.crash.models import Delivery  # noqa: E402

if __name__ == "__main__":
    rows = Delivery.objects.order_by("consumer").values_list("consumer", "effects")
    print(json.dumps({"undispatched": Event.objects.undispatched().count(), "deliveries": [list(row) for row in rows]}))
