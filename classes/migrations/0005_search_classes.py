from django.db import migrations

from fitfoodie.search.operations import CreateSearchIndex


class Migration(migrations.Migration):
    dependencies = [("classes", "0004_series_about_and_no_double_booking"), ("search", "0001_extensions")]
    operations = [CreateSearchIndex("classes")]
