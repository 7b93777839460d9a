import pytest
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models

from accounts.models import Profile, User
from fitfoodie.common.dietary import Allergen
from fitfoodie.common.fields import ChoiceSetField


def field() -> ChoiceSetField:
    return Profile._meta.get_field("allergies")


def make_profile(number: int, *allergies: Allergen) -> Profile:
    user = User.objects.create_user(f"p{number}@example.test", handle=f"person{number}", name="P")
    profile, _created = Profile.objects.update_or_create(user=user, defaults={"allergies": allergies})
    return profile


@pytest.mark.django_db
def test_set_round_trips_through_the_database():
    profile = make_profile(1, Allergen.MILK, Allergen.NUTS)
    profile.refresh_from_db()
    assert profile.allergies == frozenset({"milk", "nuts"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lookup", "values", "expected"),
    [
        ("has_all", ["milk"], {1, 2}),
        ("has_all", ["milk", "nuts"], {2}),
        ("has_any", ["nuts", "fish"], {2}),
        ("has_none", ["nuts"], {1, 3}),
        ("has_none", ["milk", "nuts"], {3}),
    ],
)
def test_lookups(lookup, values, expected):
    numbers = {
        make_profile(1, Allergen.MILK).pk: 1,
        make_profile(2, Allergen.MILK, Allergen.NUTS).pk: 2,
        make_profile(3).pk: 3,
    }
    found = Profile.objects.filter(**{f"allergies__{lookup}": values}).values_list("pk", flat=True)
    assert {numbers[pk] for pk in found} == expected


@pytest.mark.parametrize("value", ["kryptonite", ["milk", "kryptonite"]])
def test_unknown_member_names_itself_and_the_choices(value):
    with pytest.raises(ValidationError, match=r"“kryptonite” is not one of: gluten, crustaceans"):
        field().to_python(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, None), ("", frozenset()), ("milk,eggs", {"milk", "eggs"}), (["fish"], {"fish"}), (1, {"gluten"})],
)
def test_to_python(value, expected):
    assert field().to_python(value) == expected


@pytest.mark.parametrize(("value", "expected"), [(None, None), ("", 0), ("gluten,eggs", 5), (frozenset({"eggs"}), 4)])
def test_get_prep_value(value, expected):
    assert field().get_prep_value(value) == expected


def test_order_of_stored_enumerations_never_changes():
    """Bits are positions: a moved or removed member would silently change what every stored row says."""
    assert [member.value for member in Allergen] == [
        "gluten", "crustaceans", "eggs", "fish", "peanuts", "soybeans", "milk", "nuts", "celery", "mustard", "sesame",
        "sulphites", "lupin", "molluscs",
    ]  # fmt: skip


def test_form_offers_the_choices_and_cleans_to_a_set():
    form_field = field().formfield()
    assert form_field.choices == Allergen.choices
    assert field().clean(form_field.clean(["milk"]), None) == frozenset({"milk"})


def test_required_set_refuses_nothing():
    required = ChoiceSetField(Allergen, blank=False)
    with pytest.raises(ValidationError):
        required.clean([], None)


def test_serialisation_is_sorted_text():
    assert field().value_to_string(Profile(allergies=frozenset({"nuts", "milk"}))) == "milk,nuts"


def test_enumeration_too_large_for_the_column_is_refused():
    too_many = models.TextChoices("TooMany", [(f"M{n}", f"m{n}") for n in range(63)])
    broken = ChoiceSetField(too_many)
    broken.set_attributes_from_name("broken")
    broken.model = Profile
    assert [e.id for e in broken.check() if isinstance(e, checks.Error)] == ["common.E001"]
