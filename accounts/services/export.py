"""Everything about a person as one ZIP file (GDP-1): a page to read and JSON for other programs."""

import json
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.apps import apps
from django.db import models, transaction
from django.template.loader import render_to_string

from accounts.data_inventory import Entry, inventory
from accounts.events import ExportDownloaded
from accounts.models import User
from fitfoodie.events.services import record


@transaction.atomic
def export_person(*, user: User, now: datetime) -> bytes:
    """The rows that the inventory says are the person's, without secrets; one query a table."""
    tables = [_table(entry, user) for entry in inventory().values() if entry.export]
    filled = [table for table in tables if table["rows"]]
    record(ExportDownloaded(user_id=user.pk), actor=user, subject=user)
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        data = {"made_at": now.isoformat(), "tables": {table["name"]: table["rows"] for table in filled}}
        archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=2))
        page = render_to_string("accounts/export_index.html", {"person": user, "made_at": now, "tables": filled})
        archive.writestr("index.html", page)
    return buffer.getvalue()


def _table(entry: Entry, user: User) -> dict[str, Any]:
    model = apps.get_model(entry.model)
    condition = {"pk": user.pk} if entry.export == "self" else {entry.export: user.pk}
    columns = [field.attname for field in model._meta.concrete_fields if field.name not in entry.secret]
    rows: Any = models.QuerySet(model).filter(**condition).order_by("pk").values(*columns)
    return {
        "name": entry.model,
        "title": str(model._meta.verbose_name_plural),
        "rows": [{name: _plain(value) for name, value in row.items()} for row in rows],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID | models.Model):
        return str(value)
    return value
