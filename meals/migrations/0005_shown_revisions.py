from django.db import migrations, models
from django.db.models import F, Max


def mark_shown(apps, schema_editor):
    """What was saved since a meal was published, and what it was published as: the history as it was told until now."""
    revisions = apps.get_model("meals", "MealRevision").objects.filter(meal__published_at__isnull=False)
    revisions.filter(saved_at__gt=F("meal__published_at")).update(is_shown=True)
    before = revisions.filter(saved_at__lte=F("meal__published_at"))
    first = before.order_by().values("meal").annotate(newest=Max("pk")).values_list("newest", flat=True)
    revisions.filter(pk__in=list(first)).update(is_shown=True)


class Migration(migrations.Migration):
    dependencies = [("meals", "0004_servings_may_be_unknown")]

    operations = [
        migrations.AddField("mealrevision", "is_shown", models.BooleanField(default=False)),
        migrations.RunPython(mark_shown, migrations.RunPython.noop),
    ]
