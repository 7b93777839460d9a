from django.db import migrations

from fitfoodie.search.operations import CreateSearchIndex


class Migration(migrations.Migration):
    dependencies = [("meals", "0002_photo_pipeline"), ("search", "0001_extensions")]
    operations = [CreateSearchIndex("meals")]
