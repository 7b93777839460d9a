"""Uploads kept on local disk, served by the site itself. A proxy or a bucket may take this over; nothing changes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from fitfoodie.common.storage import name_of

_SANDBOX = "sandbox; default-src 'none'"


@require_safe
def public_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A size of a photo. Its address is never used for anything else, so it may be kept for ever."""
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except (SuspiciousFileOperation, OSError) as error:  # a name longer than the file system takes is no picture
        raise Http404("There is no such picture.") from error
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def private_file(request: HttpRequest, token: str) -> HttpResponseBase:
    """An original, for the holder of a link that has not expired; downloaded, never shown as a page of this site."""
    try:
        name = name_of(token, max_age=settings.PRIVATE_LINK_SECONDS)
        file = storages["private"].open(name)
    except (signing.BadSignature, OSError) as error:
        raise Http404("This link has expired. Ask for a new one.") from error
    return private_download(file, "original", "application/octet-stream")


def private_download(file: File[Any], name: str, content_type: str) -> FileResponse:
    """Saved, never opened as a page of this site, and kept by no cache on the way."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = _SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
