from django.db import migrations

from fitfoodie.search.operations import CreateSearchIndex


class Migration(migrations.Migration):
    dependencies = [("influencers", "0003_posts"), ("search", "0001_extensions")]
    operations = [CreateSearchIndex("posts")]
