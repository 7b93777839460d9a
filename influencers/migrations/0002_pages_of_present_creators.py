from django.db import migrations


def make_pages(apps, schema_editor):
    """The directory lists pages; whoever became a creator before there were any gets theirs here."""
    pages = apps.get_model("influencers", "CreatorPage").objects
    people = apps.get_model("accounts", "User").objects.filter(groups__name="creator")
    verified_first = 10**12
    for user_id, is_verified in people.values_list("pk", "profile__is_verified"):
        pages.get_or_create(user_id=user_id, defaults={"standing": verified_first if is_verified else 0})


class Migration(migrations.Migration):
    dependencies = [
        ("influencers", "0001_creator_pages_collections_and_verification"),
        ("accounts", "0008_profile_is_private"),
    ]

    operations = [migrations.RunPython(make_pages, migrations.RunPython.noop)]
