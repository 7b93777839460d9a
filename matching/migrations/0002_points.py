from django.db import migrations

from fitfoodie.common.geo import AddPointIndex


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_initial"), ("classes", "0002_points")]

    operations = [
        AddPointIndex(
            "matching_fitnessprofile",
            "matching_profile_geo",
            latitude="cell_latitude",
            longitude="cell_longitude",
        )
    ]
