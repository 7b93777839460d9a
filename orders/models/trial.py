from django.db import models

from fitfoodie.common.ids import new_public_id
from fitfoodie.common.models import TimestampedModel
from orders.enums import PaymentStatus


class TrialCharge(TimestampedModel):
    """The books of the built-in test bank: what its customers asked for and what became of it. No real money."""

    reference = models.CharField(max_length=40, unique=True)
    # The key of the request: asked twice is one charge.
    key = models.CharField(max_length=80, unique=True)
    secret = models.CharField(max_length=12, default=new_public_id)
    order_number = models.CharField(max_length=40)
    amount = models.DecimalField(max_digits=11, decimal_places=2)
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=16, choices=PaymentStatus.choices, default=PaymentStatus.CREATED)
    card = models.CharField(max_length=24, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    captured = models.DecimalField(max_digits=11, decimal_places=2, default=0)
    refunded = models.DecimalField(max_digits=11, decimal_places=2, default=0)
    # Key of a refund and its amount: asked twice is one refund.
    refunds = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.reference
