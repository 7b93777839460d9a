from django.db import migrations, models


def speak_english(apps, schema_editor):
    """Chinese was offered without a translation; who chose it sees the English that the pages were written in."""
    apps.get_model("accounts", "Preferences").objects.filter(language="zh-hans").update(language="en")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_profile_photo")]

    operations = [
        migrations.RunPython(speak_english, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="preferences",
            name="language",
            field=models.CharField(
                choices=[("en", "English"), ("de", "German")], default="en", max_length=10, verbose_name="language"
            ),
        ),
    ]
