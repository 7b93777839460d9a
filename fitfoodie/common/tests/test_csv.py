from decimal import Decimal

import pytest

from fitfoodie.common.csv import csv_download, csv_lines, guarded


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1"])
def test_what_a_spreadsheet_would_compute_is_text(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(("value", "cell"), [("Soup", "Soup"), (None, ""), (Decimal("-2.50"), "-2.50"), (3, "3")])
def test_the_rest_stays(value, cell):
    assert guarded(value) == cell


def test_lines_are_quoted_where_needed():
    lines = list(csv_lines(["title", "sum"], iter([['say "hi", now', "=1"]])))
    assert lines == ["\ufeff", "title,sum\r\n", '"say ""hi"", now",\'=1\r\n']


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_cell_that_would_be_run_is_shown(text):
    assert guarded(text) == f"'{text}"


def test_a_negative_number_stays_a_number():
    assert guarded(Decimal("-2.50")) == "-2.50"


def test_a_table_is_a_file_that_spreadsheets_read():
    response = csv_download("things.csv", ("Name", "Count"), [("Grüne Soße, scharf", 2), ("=cmd", 3)])
    assert response["Content-Disposition"] == 'attachment; filename="things.csv"'
    body = b"".join(response.streaming_content).decode()
    assert body == '\ufeffName,Count\r\n"Grüne Soße, scharf",2\r\n\'=cmd,3\r\n'
