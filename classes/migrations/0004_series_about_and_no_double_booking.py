from django.db import migrations, models

CREATE = """
ALTER TABLE classes_session ADD CONSTRAINT {name} EXCLUDE USING gist (
    {column} WITH =, tstzrange(starts_at, ends_at) WITH &&
) WHERE (status = 'scheduled' AND {column} IS NOT NULL) DEFERRABLE INITIALLY IMMEDIATE
"""
CONSTRAINTS = {"classes_session_room_once": "room_id", "classes_session_instructor_once": "instructor_id"}


def create(apps, schema_editor):
    """SQLite writes one transaction after another, and the services look before they write."""
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    for name, column in CONSTRAINTS.items():
        schema_editor.execute(CREATE.format(name=name, column=column))


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in CONSTRAINTS:
            schema_editor.execute(f"ALTER TABLE classes_session DROP CONSTRAINT {name}")


class Migration(migrations.Migration):
    dependencies = [("classes", "0003_instructor_ratings")]

    operations = [
        migrations.AddField(model_name="series", name="about", field=models.JSONField(blank=True, default=dict)),
        migrations.RunPython(create, drop),
    ]
