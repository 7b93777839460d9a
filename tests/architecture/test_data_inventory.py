"""Every column about a person has a rule for the day they leave (GDP-2). A new one without a rule fails here."""

import re

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from accounts.data_inventory import RULES, inventory

FIRST_PARTY = {
    "accounts",
    "common",
    "events",
    "search",
    "social",
    "meals",
    "influencers",
    "classes",
    "orders",
    "matching",
    "chat",
    "moderation",
    "notifications",
}
# By type, or by a name that people's data goes by.
PERSONAL_TYPES = (models.EmailField, models.GenericIPAddressField)
PERSONAL_NAMES = re.compile(
    r"(^|_)(email|phone|ip|user_agent|address|birth\w*|gender|city|country|latitude|longitude|author|bio|handle|"
    r"allergies|diets_of|weight|height_cm|iban|device|recipient)($|_)"
)
# Pictures: their width and height are not somebody's.
NOT_ABOUT_PEOPLE = {"meals.mealphoto", "accounts.profilephoto", "influencers.postphoto"}


def person_links(model):
    """A relation through a model of its own is spoken of there."""
    user = get_user_model()
    return {
        field.name
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is user
        if not field.many_to_many or field.remote_field.through._meta.auto_created
    }


def links_of_links(model):
    """What belongs to a row that belongs to somebody: `freeze__creator`."""
    rows = [field for field in model._meta.concrete_fields if field.is_relation and not field.many_to_many]
    return {f"{field.name}__{link}" for field in rows for link in person_links(field.related_model)}


def looks_personal(model, field):
    if field.is_relation:
        return False
    return isinstance(field, PERSONAL_TYPES) or bool(PERSONAL_NAMES.search(field.name))


def all_models():
    return [model for model in apps.get_models(include_auto_created=False) if not model._meta.proxy]


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model._meta.label_lower)
def test_every_link_to_a_person_has_a_rule(model):
    entry = inventory().get(model._meta.label_lower)
    assert person_links(model) - set(entry.links if entry else ()) == set(), (
        f"Say in accounts/data_inventory.toml what becomes of {model._meta.label} when the person leaves."
    )


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model._meta.label_lower)
def test_every_personal_column_has_a_rule(model):
    label = model._meta.label_lower
    if model._meta.app_label not in FIRST_PARTY or label in NOT_ABOUT_PEOPLE:
        return
    found = {field.name for field in model._meta.concrete_fields if looks_personal(model, field)}
    entry = inventory().get(label)
    assert found - set(entry.rules if entry else ()) == set(), f"Add them to [{label}] in accounts/data_inventory.toml."


@pytest.mark.parametrize("entry", inventory().values(), ids=lambda entry: entry.model)
def test_entry_speaks_of_what_exists(entry):
    model = apps.get_model(entry.model)
    columns = {field.name for field in model._meta.concrete_fields}
    assert set(entry.rules) | set(entry.secret) <= columns
    assert set(entry.rules.values()) <= RULES
    assert entry.export in {"", "self"} | person_links(model) | links_of_links(model)
    assert entry.links.keys() >= person_links(model)


@pytest.mark.parametrize("entry", inventory().values(), ids=lambda entry: entry.model)
def test_what_is_kept_says_why(entry):
    if {"keep", "anonymize"} & set(entry.rules.values()):
        assert entry.reason


def test_a_column_that_looks_personal_is_noticed():
    class Stranger(models.Model):
        owner = models.ForeignKey(get_user_model(), on_delete=models.CASCADE, related_name="+")
        contact_email = models.CharField(max_length=10)
        title = models.CharField(max_length=10)

        class Meta:
            app_label = "tests_inventory"

        def __str__(self):
            return self.title

    assert person_links(Stranger) == {"owner"}
    assert [f.name for f in Stranger._meta.concrete_fields if looks_personal(Stranger, f)] == ["contact_email"]
