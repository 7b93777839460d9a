from django.db import migrations

from fitfoodie.common.geo import AddPointIndex, EnablePostgis


class Migration(migrations.Migration):
    dependencies = [("classes", "0001_initial")]

    operations = [EnablePostgis(), AddPointIndex("classes_studio", "classes_studio_geo")]
