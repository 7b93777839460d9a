"""Earnings that stand still already get a freeze of their own, with the reason that their rows hold."""

from django.db import migrations


def make_freezes(apps, schema_editor):
    commissions = apps.get_model("orders", "Commission")
    freezes = apps.get_model("orders", "EarningsFreeze")
    frozen = commissions.objects.filter(status="frozen").order_by("creator_id", "pk")
    reasons = {}
    for creator_id, reason, earned_at in frozen.values_list("creator_id", "frozen_reason", "earned_at"):
        known, since = reasons.get(creator_id, ("", earned_at))
        reasons[creator_id] = (known or reason, since)
    freezes.objects.bulk_create(
        [
            freezes(
                creator_id=creator_id,
                cause="suspension",
                key=f"before-freezes:{creator_id}",
                reason=reason or "The account is suspended.",
                frozen_at=since,
            )
            for creator_id, (reason, since) in reasons.items()
        ]
    )


class Migration(migrations.Migration):
    dependencies = [("orders", "0009_frozen_earnings_and_appeals")]
    operations = [migrations.RunPython(make_freezes, migrations.RunPython.noop, elidable=True)]
