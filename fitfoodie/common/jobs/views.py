from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fitfoodie.common.jobs.services import cancel_background_job
from fitfoodie.common.models import BackgroundJob


@login_required
@require_safe
def job_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The job's progress; the panel asks for itself again while the job runs, and a plain reload does the same."""
    job = get_object_or_404(BackgroundJob, public_id=public_id, owner=request.user)
    template = "common/_job_panel.html" if request.headers.get("HX-Request") else "common/job_detail.html"
    return render(request, template, {"job": job})


@login_required
@require_POST
def job_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    job = get_object_or_404(BackgroundJob, public_id=public_id, owner=request.user)
    job = cancel_background_job(job_id=job.pk, now=timezone.now())
    messages.info(request, _("It was finished already.") if job.is_finished and job.done else _("Stopping."))
    return redirect(job)
