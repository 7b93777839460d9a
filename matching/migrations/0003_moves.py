from django.db import migrations, models

from fitfoodie.common.geo import AddPointIndex


class Migration(migrations.Migration):
    dependencies = [("matching", "0002_points")]

    operations = [
        migrations.RemoveField("fitnessprofile", "jumps"),
        migrations.AddField("fitnessprofile", "moves", models.JSONField(blank=True, default=list, editable=False)),
        # The deck walks those alone who may be in it.
        migrations.RunSQL('DROP INDEX IF EXISTS "matching_profile_geo"', migrations.RunSQL.noop),
        AddPointIndex(
            "matching_fitnessprofile",
            "matching_profile_deck",
            latitude="cell_latitude",
            longitude="cell_longitude",
            where="is_ready AND NOT is_paused",
        ),
    ]
