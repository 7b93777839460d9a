import pytest

from fitfoodie.common.errors import DomainError
from fitfoodie.common.why import MAX_REASON, clean_reason


def test_a_reason_is_one_line_without_what_cannot_be_seen():
    assert clean_reason("  Shows \x00another\n\n dish\u202e. ") == "Shows another dish."


def test_lines_stay_where_they_are_asked_for():
    assert clean_reason(" First.\n\nSecond. ", keeps_lines=True) == "First.\n\nSecond."


@pytest.mark.parametrize("reason", ["", "  \n", "\x00\u202e"])
def test_nothing_is_no_reason(reason):
    with pytest.raises(DomainError) as refused:
        clean_reason(reason, field="answer")
    assert (refused.value.code, refused.value.field) == ("reason_needed", "answer")


def test_too_much_is_refused_with_the_limit():
    assert clean_reason("x" * MAX_REASON) == "x" * MAX_REASON
    with pytest.raises(DomainError, match="500") as refused:
        clean_reason("x" * (MAX_REASON + 1))
    assert (refused.value.code, refused.value.field) == ("too_long", "reason")
    assert clean_reason("x" * 600, longest=600) == "x" * 600
