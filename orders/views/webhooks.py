from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from orders.providers import UnknownProviderError
from orders.providers.base import ProviderUnavailableError, SignatureError
from orders.services.provider_events import handle_provider_event

# A message holds one payment; what is larger is not one.
MAX_BYTES = 256 * 1024


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, provider: str) -> HttpResponse:
    """Where a payment provider sends its messages; its signature is its ticket, so there is no other.

    200 says "kept": the provider stops. 503 asks it to send again.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        return JsonResponse({"error": "too large"}, status=413)
    try:
        event = handle_provider_event(provider=provider, body=request.body, headers=request.headers, now=timezone.now())
    except UnknownProviderError as error:
        raise Http404 from error
    except SignatureError:
        return JsonResponse({"error": "signature"}, status=400)
    except ProviderUnavailableError:
        return JsonResponse({"error": "try again"}, status=503)
    return JsonResponse({"received": event.event_id})
