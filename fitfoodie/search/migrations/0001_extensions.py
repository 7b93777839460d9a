from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Trigrams for misspelt words; does nothing on SQLite."""

    initial = True
    dependencies = []
    operations = [TrigramExtension()]
