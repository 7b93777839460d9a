"""What holds for every basket and every set of codes."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from orders.enums import Funder, PromoKind, PromoScope
from orders.pricing.engine import price
from orders.tests.pricing.builders import NOW, basket, code, line

cents = st.integers(0, 5000).map(lambda count: Decimal(count) / 100)
small = st.integers(1, 300).map(lambda count: Decimal(count) / 100)
MEALS = range(1, 5)


@st.composite
def lines(draw):
    return [
        line(
            str(draw(st.one_of(cents, small))),
            draw(st.integers(1, 5)),
            creator=meal % 2 + 1,
            meal=meal,
            key=meal,
            tags=(meal % 3,),
        )
        for meal in draw(st.lists(st.sampled_from(MEALS), unique=True, max_size=4))
    ]


@st.composite
def codes(draw, key: int):
    kind = draw(st.sampled_from([*PromoKind]))
    creator = draw(st.sampled_from([None, None, 1, 2]))
    return code(
        key=key,
        kind=kind,
        percent=draw(st.integers(1, 10000)) / Decimal(100),
        amount=draw(st.one_of(cents, small)) + Decimal("0.01"),
        buy_quantity=draw(st.integers(1, 3)),
        get_quantity=draw(st.integers(1, 3)),
        creator_id=creator,
        funder=Funder.CREATOR if creator else Funder.PLATFORM,
        scope=draw(st.sampled_from([*PromoScope])),
        meal_ids=frozenset(draw(st.sets(st.sampled_from(MEALS)))),
        tag_ids=frozenset(draw(st.sets(st.integers(0, 2)))),
        min_subtotal=draw(st.one_of(st.none(), cents)),
        budget_left=draw(st.one_of(st.none(), small)),
        is_stackable=draw(st.sampled_from([True, True, True, False])),
    )


@st.composite
def baskets(draw, most: int = 4):
    chosen = [draw(codes(key)) for key in range(1, draw(st.integers(0, most)) + 1)]
    rate = draw(st.sampled_from(["0", "0.07", "0.19", "0.0825"]))
    return basket(*draw(lines()), codes=chosen, fee=str(draw(small)), tax_rate=rate)


@settings(max_examples=150)
@given(baskets())
def test_sums_are_exact_and_nothing_is_negative(given_basket):
    found = price(given_basket, now=NOW)
    for part in found.lines:
        assert part.discount == sum(cut.amount for cut in part.cuts)
        assert part.total == part.line.gross - part.discount >= 0
        assert 0 <= part.tax <= part.total
        assert all(cut.amount > 0 for cut in part.cuts)
    on_lines = sum(part.discount for part in found.lines)
    assert found.discount == on_lines + found.delivery_discount == sum(outcome.saved for outcome in found.codes)
    assert found.total == found.subtotal - found.discount + found.delivery >= 0
    assert 0 <= found.delivery_discount <= found.delivery
    assert sum(amount for _label, amount in found.steps) == found.total
    assert found.total == found.total.quantize(Decimal("0.01"))


@settings(max_examples=100)
@given(baskets())
def test_each_code_takes_what_it_says_from_lines_it_is_about(given_basket):
    found = price(given_basket, now=NOW)
    terms = {given_code.key: given_code for given_code in given_basket.codes}
    cuts = [(part.line, cut) for part in found.lines for cut in part.cuts]
    for outcome in found.codes:
        delivery = found.delivery_cut.amount if found.delivery_cut and found.delivery_cut.code_key == outcome.key else 0
        assert outcome.saved == delivery + sum(cut.amount for _line, cut in cuts if cut.code_key == outcome.key)
        assert outcome.is_applied == (outcome.saved > 0) == (outcome.reason == "applied")
        left = terms[outcome.key].budget_left
        assert left is None or outcome.saved <= left
    for of_line, cut in cuts:
        assert terms[cut.code_key].creator_id in (None, of_line.creator_id)
        assert cut.funder == terms[cut.code_key].funder


@settings(max_examples=100)
@given(baskets(), st.randoms(use_true_random=False))
def test_the_order_of_typing_changes_nothing_but_the_order_of_answers(given_basket, random):
    shuffled = list(given_basket.codes)
    random.shuffle(shuffled)
    typed = basket(
        *given_basket.lines, codes=shuffled, fee=str(given_basket.delivery_fee), tax_rate=given_basket.tax_rate
    )
    one, other = price(given_basket, now=NOW), price(typed, now=NOW)
    assert (one.lines, one.total, one.steps, one.tax) == (other.lines, other.total, other.steps, other.tax)
    assert sorted(one.codes, key=lambda c: c.key) == sorted(other.codes, key=lambda c: c.key)


@settings(max_examples=100)
@given(baskets())
def test_the_same_basket_has_the_same_price(given_basket):
    assert price(given_basket, now=NOW) == price(given_basket, now=NOW)


@settings(max_examples=150)
@given(baskets(), codes(99))
def test_a_further_code_never_makes_an_order_dearer(given_basket, further):
    more = basket(
        *given_basket.lines,
        codes=[*given_basket.codes, further],
        fee=str(given_basket.delivery_fee),
        tax_rate=given_basket.tax_rate,
    )
    assert price(more, now=NOW).total <= price(given_basket, now=NOW).total
