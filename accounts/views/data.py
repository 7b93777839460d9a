from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.services.export import export_person
from accounts.views.signed_in import person_of


@login_required
@require_POST
def data_export(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), timezone.now()
    name = f"fitfoodie-{person.handle}-{now:%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(export_person(user=person, now=now), content_type="application/zip", headers=headers)
