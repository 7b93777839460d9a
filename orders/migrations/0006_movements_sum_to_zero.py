from django.db import migrations

CREATE = """
CREATE FUNCTION orders_movement_is_balanced() RETURNS trigger AS $$
BEGIN
    IF (SELECT SUM(amount) FROM orders_entry WHERE movement_id = NEW.movement_id) <> 0 THEN
        RAISE EXCEPTION 'movement % does not sum to zero', NEW.movement_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_entry_balanced';
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql;
CREATE CONSTRAINT TRIGGER orders_entry_balanced AFTER INSERT OR UPDATE ON orders_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION orders_movement_is_balanced();
"""
DROP = """
DROP TRIGGER IF EXISTS orders_entry_balanced ON orders_entry;
DROP FUNCTION IF EXISTS orders_movement_is_balanced();
"""


def create(apps, schema_editor):
    """SQLite has no deferred triggers; there the service and the nightly verifier stand guard."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE, params=None)  # its % is PL/pgSQL, no placeholder


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("orders", "0005_money_owed_back_and_test_bank")]
    operations = [migrations.RunPython(create, drop)]
