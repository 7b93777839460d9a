from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group

from accounts.enums import Role
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.events.models import Event
from meals.models import Tag
from orders.models import PromoCode
from orders.pricing.content import CodeContent, CodeContentError
from orders.services.promo_batches import batch_rows, generate_batch
from orders.services.promo_codes import create_code, pause_code, resume_code, update_code
from orders.tests.factories_pricing import NOW, make_code, make_creator, make_dish, make_user

pytestmark = pytest.mark.django_db
D = Decimal
TEN = CodeContent(code="TEN", kind="percent", percent=D("10"))


@pytest.fixture
def ada():
    return make_creator("ada")


@pytest.fixture
def admin():
    user = make_user("admin")
    user.groups.add(Group.objects.get_or_create(name=Role.ADMIN.value)[0])
    return user


def create(actor, content=TEN, **given):
    return create_code(content=replace(content, **given), actor=actor, now=NOW)


def change(promo, actor, **changes):
    return update_code(promo_id=promo.pk, changes=changes, actor=actor, now=NOW)


def errors(call):
    with pytest.raises(CodeContentError) as caught:
        call()
    return caught.value.errors


def facts():
    return [(event.name, event.data) for event in Event.objects.filter(name__startswith="orders.promo").order_by("pk")]


def test_a_creator_makes_a_code_for_their_own_meals_and_pays_for_it(ada):
    promo = create(ada, code=" first bite ", label="For readers", limit=3)
    row = PromoCode.objects.get()
    assert (row.code, row.creator, row.funder, row.capacity, row.per_customer) == ("FIRSTBITE", ada, "creator", 3, 1)
    payload = {"promo_id": promo.pk, "code": "FIRSTBITE", "creator_id": ada.pk}
    made = payload | {"kind": "percent", "funder": "creator", "batch_id": None, "reason": ""}
    assert facts() == [("orders.promo_code.created", made)]


def test_a_creator_cannot_write_in_anothers_name_nor_let_the_house_pay(ada):
    assert create(ada, creator_id=make_user().pk).creator == ada
    with pytest.raises(NotAllowedError) as caught:
        create(ada, code="HOUSE", funder="platform")
    assert caught.value.code == "funder_is_staffs"


def test_staff_make_codes_of_the_house_and_for_creators(admin, ada):
    assert (create(admin).creator, PromoCode.objects.get().funder) == (None, "platform")
    assert create(admin, code="ADAS", creator_id=ada.pk, percent=D(100)).funder == "creator"
    assert create(admin, code="GIFT", creator_id=ada.pk, funder="platform").funder == "platform"


@pytest.mark.parametrize("verified", [True, False])
def test_members_and_unverified_creators_make_no_codes(verified):
    person = make_user("nia") if verified else make_creator("nia", verified=False)
    with pytest.raises(NotAllowedError) as caught:
        create(person)
    assert caught.value.code == "creator_only"


def test_a_code_is_taken_whatever_its_case(ada, admin):
    create(ada)
    with pytest.raises(ConflictError) as caught:
        create(admin, code="ten")
    assert (caught.value.code, caught.value.field) == ("code_taken", "code")


WRONG = [
    ({"code": "x"}, {"code"}),
    ({"code": "WITH/SLASH"}, {"code"}),
    ({"label": "x" * 121}, {"label"}),
    ({"kind": "gift"}, {"kind"}),
    ({"percent": None}, {"percent"}),
    ({"percent": D("0.5")}, {"percent"}),
    ({"percent": D("50.01")}, {"percent"}),
    ({"kind": "fixed"}, {"amount"}),
    ({"kind": "fixed", "amount": D("0")}, {"amount"}),
    ({"kind": "fixed", "amount": D("1.005")}, {"amount"}),
    ({"kind": "buy_x_get_y", "buy_quantity": 2}, {"get_quantity"}),
    ({"kind": "free_delivery"}, {"kind"}),
    ({"currency": "XXX", "min_subtotal": D("1")}, {"currency"}),
    ({"scope": "planet"}, {"scope"}),
    ({"scope": "meals"}, {"meals"}),
    ({"scope": "meals", "meal_ids": frozenset({-1})}, {"meals"}),
    ({"scope": "tags"}, {"tags"}),
    ({"scope": "tags", "tag_ids": frozenset({-1})}, {"tags"}),
    ({"limit": 0, "per_customer": 0}, {"limit", "per_customer"}),
    ({"min_subtotal": D("-1"), "budget": D("0")}, {"min_subtotal", "budget"}),
    ({"starts_at": NOW, "ends_at": NOW}, {"ends_at"}),
]


@pytest.mark.parametrize(("given", "fields"), WRONG)
def test_what_is_wrong_is_said_by_field(given, fields, ada):
    assert set(errors(lambda: create(ada, **given))) == fields


def test_staff_too_name_a_payer_that_exists(admin):
    assert set(errors(lambda: create(admin, funder="creator"))) == {"funder"}
    assert set(errors(lambda: create(admin, funder="nobody"))) == {"funder"}


def test_a_creators_code_names_their_own_meals(ada):
    mine, others = make_dish(ada), make_dish()
    assert set(errors(lambda: create(ada, scope="meals", meal_ids=frozenset({mine.pk, others.pk})))) == {"meals"}
    assert [*create(ada, scope="meals", meal_ids=frozenset({mine.pk})).meals.all()] == [mine]


def test_what_the_kind_and_scope_do_not_use_is_not_kept(ada):
    tag = Tag.objects.create(name="Warm", slug="warm-test")
    given = {"amount": D("3"), "buy_quantity": 2, "meal_ids": frozenset({7}), "tag_ids": frozenset({tag.pk})}
    promo = create(ada, scope="tags", **given)
    assert (promo.amount, promo.buy_quantity, [*promo.meals.all()], [*promo.tags.all()]) == (None, None, [], [tag])


def test_changes_are_told_by_name_and_nothing_is_told_of_nothing(ada):
    promo = create(ada)
    change(promo, ada, percent=D("20"), ends_at=NOW + timedelta(days=1))
    change(promo, ada, percent=D("20.00"))
    assert PromoCode.objects.get().percent == 20
    payload = {"promo_id": promo.pk, "code": "TEN", "creator_id": ada.pk, "changed": "ends_at,percent", "reason": ""}
    assert facts()[1:] == [("orders.promo_code.changed", payload)]


@pytest.mark.parametrize("name", ["code", "kind", "currency", "creator_id", "spent"])
def test_some_things_stay_as_they_were_made(name, ada):
    promo = create(ada)
    with pytest.raises(DomainError) as caught:
        change(promo, ada, **{name: "x"})
    assert (caught.value.code, caught.value.field) == ("unchanging", name)


def test_limits_do_not_fall_below_what_is_used(ada):
    promo = create(ada, limit=10, budget=D("10"))
    PromoCode.objects.update(taken=3, spent=D("5.50"))
    assert errors(lambda: change(promo, ada, limit=2, budget=D("5"))) == {
        "limit": "It has been used 3 times already.",
        "budget": "5.50 of it are spent already.",
    }
    changed = change(promo, ada, limit=3, budget=D("5.50"))
    assert (changed.left, changed.budget) == (0, D("5.50"))


def test_only_its_creator_and_staff_change_a_code(ada, admin):
    promo = create(ada)
    for verb in (change, lambda promo, actor: pause_code(promo_id=promo.pk, actor=actor, now=NOW)):
        with pytest.raises(NotAllowedError):
            verb(promo, make_creator())
    assert change(promo, admin, percent=D("90")).percent == 90


def test_a_code_that_the_house_pays_for_is_paused_by_its_creator_but_not_rewritten(admin, ada):
    promo = create(admin, creator_id=ada.pk, funder="platform")
    with pytest.raises(NotAllowedError) as caught:
        change(promo, ada, percent=D("50"))
    assert caught.value.code == "funder_is_staffs"
    assert pause_code(promo_id=promo.pk, actor=ada, now=NOW).is_active is False


def test_pausing_and_resuming_are_told_once_with_the_reason(ada, admin):
    promo = create(ada)
    for verb, reason in ((pause_code, "misprint"), (resume_code, "mended")):
        for _twice in range(2):
            verb(promo_id=promo.pk, actor=admin, now=NOW, reason=reason)
    payload = {"promo_id": promo.pk, "code": "TEN", "creator_id": ada.pk}
    assert facts()[1:] == [
        ("orders.promo_code.paused", payload | {"reason": "misprint"}),
        ("orders.promo_code.resumed", payload | {"reason": "mended"}),
    ]


def batch(actor, **given):
    return generate_batch(**{"name": "Cards", "size": 20, "content": TEN, "actor": actor, "now": NOW} | given)


def test_a_set_of_codes_is_alike_in_all_but_the_code_and_each_for_one_use(admin, ada):
    dish = make_dish(ada)
    content = replace(TEN, scope="meals", meal_ids=frozenset({dish.pk}), creator_id=ada.pk)
    made = batch(admin, prefix=" card ", content=content, reason="fair")
    rows = PromoCode.objects.filter(batch=made)
    assert {(row.capacity, row.percent, row.meals.get(), row.funder) for row in rows} == {(1, D("10"), dish, "creator")}
    codes = {row.code for row in rows}
    assert len(codes) == 20
    assert all(code.startswith("CARD-") and len(code) == 17 and not set(code[5:]) & set("ILOU") for code in codes)
    assert facts() == [
        (
            "orders.promo_batch.generated",
            {
                "batch_id": made.pk,
                "size": 20,
                "kind": "percent",
                "funder": "creator",
                "creator_id": ada.pk,
                "reason": "fair",
            },
        )
    ]


def test_sets_are_for_staff_and_of_a_sane_size(admin, ada):
    with pytest.raises(NotAllowedError):
        batch(ada)
    for given, field in (({"size": 0}, "size"), ({"size": 5001}, "size"), ({"prefix": "A/B"}, "prefix")):
        with pytest.raises(DomainError) as caught:
            batch(admin, **given)
        assert caught.value.field == field


def test_the_file_of_a_set_says_which_codes_are_used(admin):
    made = batch(admin, size=2, content=replace(TEN, label="Fair"))
    first = made.codes.order_by("pk")[0]
    PromoCode.objects.filter(pk=first.pk).update(taken=1)
    rows = list(batch_rows(made))
    assert rows[0] == ("Code", "What it is for", "Used")
    assert [row[1:] for row in rows[1:]] == [("Fair", "yes"), ("Fair", "no")]


def test_a_code_made_by_hand_is_found_by_staff_as_any_other(admin):
    assert make_code("SHIP").kind == "free_delivery"
    assert create(admin, code="SHIP2", kind="free_delivery", percent=None).percent is None
