"""The pages of the back office on which staff write codes: a form, a reason, one service."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.forms.staff_codes import BatchForm, StaffCodeForm
from orders.models import PromoBatch, PromoCode
from orders.services.promo_batches import generate_batch
from orders.services.promo_codes import content_of, create_code, update_code

T = TypeVar("T")


def code_page(model_admin: Any, request: HttpRequest) -> HttpResponse:
    form = StaffCodeForm(_sent(request), zone=_zone(request))

    def write() -> PromoCode:
        return create_code(content=form.content(), actor=_actor(request), now=timezone.now(), reason=form.why)

    made = _written(form, write)
    if made is None:
        return _page(model_admin, request, form, title=_("New code"), back="admin:orders_promocode_changelist")
    messages.success(request, _("%(code)s can be used now.") % {"code": made.code})
    return redirect("admin:orders_promocode_change", made.pk)


def change_page(model_admin: Any, request: HttpRequest, promo: PromoCode) -> HttpResponse:
    form = StaffCodeForm(_sent(request), zone=_zone(request), before=content_of(promo))

    def write() -> PromoCode:
        return update_code(
            promo_id=promo.pk, changes=form.values(), actor=_actor(request), now=timezone.now(), reason=form.why
        )

    if _written(form, write) is None:
        title = _("Change %(code)s") % {"code": promo.code}
        return _page(model_admin, request, form, title=title, back="admin:orders_promocode_change", pk=promo.pk)
    messages.success(request, _("Changed."))
    return redirect("admin:orders_promocode_change", promo.pk)


def batch_page(model_admin: Any, request: HttpRequest) -> HttpResponse:
    form = BatchForm(_sent(request), zone=_zone(request))

    def write() -> PromoBatch:
        named = {name: form.cleaned_data[name] for name in ("name", "size", "prefix")}
        return generate_batch(
            **named, content=form.content(), actor=_actor(request), now=timezone.now(), reason=form.why
        )

    made = _written(form, write)
    if made is None:
        title = _("Generate a set of codes")
        return _page(model_admin, request, form, title=title, back="admin:orders_promobatch_changelist")
    messages.success(request, _("%(count)d codes are ready.") % {"count": made.size})
    return redirect("admin:orders_promobatch_change", made.pk)


def found(model_admin: Any, request: HttpRequest, object_id: str) -> Any:
    """Raises Http404."""
    row = model_admin.get_object(request, object_id)
    if row is None:
        raise Http404
    return row


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _actor(request: HttpRequest) -> Any:
    return request.user


def _zone(request: HttpRequest) -> str:
    return str(_actor(request).preferences.time_zone)


def _written(form: StaffCodeForm, write: Callable[[], T]) -> T | None:
    return form.carried_out(write) if form.is_valid() else None


def _page(
    model_admin: Any, request: HttpRequest, form: StaffCodeForm, *, title: str, back: str, pk: int | None = None
) -> HttpResponse:
    context = model_admin.admin_site.each_context(request) | {
        "title": title,
        "form": form,
        "back": reverse(back, args=[pk] if pk else []),
        "opts": model_admin.opts,
    }
    return render(request, "orders/admin_code.html", context)
