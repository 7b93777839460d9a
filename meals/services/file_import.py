"""A file of recipes from the page: kept privately, read in the background, forgotten afterwards."""

from typing import Any

from django.core.files.base import File
from django.core.files.storage import storages
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.ids import new_public_id
from fitfoodie.common.jobs.services import start_background_job
from fitfoodie.common.models import BackgroundJob
from meals.tasks import import_file


def start_file_import(*, owner: User, file: File[Any]) -> BackgroundJob:
    """The job to watch; its task reads the file line by line and removes it. Each line becomes a draft of `owner`."""
    name = storages["private"].save(f"imports/{new_public_id()}.jsonl", file)
    return start_background_job(
        owner=owner, title=_("Bringing recipes in"), task=import_file, owner_id=owner.pk, name=name
    )
