"""CSV that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any

from django.http import StreamingHttpResponse

# What makes Excel, LibreOffice and Google Sheets compute a cell, tab and line breaks before it included (OWASP).
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(value: Any) -> str:
    """The cell as text; one that a spreadsheet would compute is led by an apostrophe. Plain numbers stay numbers."""
    text = "" if value is None else str(value)
    if text.lstrip(" ").startswith(_DANGEROUS) and not _is_number(value):
        return f"'{text}"
    return text


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal)


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Line by line, with every cell guarded; begins with the mark by which Excel knows UTF-8."""
    yield "\ufeff"
    for row in chain([header], rows):
        buffer = io.StringIO()
        csv.writer(buffer).writerow([guarded(cell) for cell in row])
        yield buffer.getvalue()


def csv_download(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """Sent while it is written, however long it is."""
    response = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
