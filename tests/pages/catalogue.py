"""Every page of the product: its address in the demo world, and who looks at it.

A route that is neither here nor among NOT_PAGES fails `test_catalogue.py`: a new page is looked at from its first day.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver, reverse

VISITOR, MEMBER, CREATOR, STAFF = "visitor", "member", "creator", "staff"
SIGNS_IN_AS = {MEMBER: "maya@demo.test", CREATOR: "chef@demo.test", STAFF: "admin@demo.test"}
EVERYBODY = (VISITOR, MEMBER, CREATOR, STAFF)
INSIDE = (MEMBER,)
MEAL = "chicken-bowl-with-rice-avocado-and-lime"  # by the creator of the demo world, reviewed by the member


@dataclass(frozen=True)
class Page:
    address: str
    roles: tuple[str, ...]
    status: int = 200


PAGES = {
    "home": Page("/", EVERYBODY),
    "design": Page("/design/", (VISITOR,)),
    "terms": Page("/legal/terms/", (VISITOR,)),
    "privacy": Page("/legal/privacy/", (VISITOR,)),
    "imprint": Page("/legal/imprint/", (VISITOR,)),
    "guidelines": Page("/legal/guidelines/", (VISITOR,)),
    "accounts:profile": Page("/@chef_amara", (VISITOR, MEMBER, CREATOR)),
    "accounts:start-creating": Page("/create/start/", (MEMBER, CREATOR)),
    "accounts:settings": Page("/settings/", INSIDE),
    "accounts:settings-profile": Page("/settings/profile/", INSIDE),
    "accounts:settings-account": Page("/settings/account/", (MEMBER, CREATOR)),
    "accounts:settings-security": Page("/settings/security/", INSIDE),
    "accounts:settings-privacy": Page("/settings/privacy/", INSIDE),
    "accounts:settings-appearance": Page("/settings/appearance/", INSIDE),
    "accounts:settings-language": Page("/settings/language/", INSIDE),
    "accounts:settings-units": Page("/settings/units/", INSIDE),
    "accounts:settings-time-zone": Page("/settings/time-zone/", INSIDE),
    "accounts:settings-connected": Page("/settings/connected/", INSIDE),
    "accounts:settings-data": Page("/settings/data/", INSIDE),
    "social:feed": Page("/feed/", INSIDE),
    "social:people": Page("/people/", INSIDE),
    "social:followers": Page("/@chef_amara/followers/", (VISITOR, MEMBER)),
    "social:following": Page("/@chef_amara/following/", (VISITOR,)),
    "social:blocked": Page("/settings/blocked/", INSIDE),
    "matching:preferences": Page("/partners/preferences/", INSIDE),
    "matching:delete-profile": Page("/partners/preferences/delete/", INSIDE),
    "moderation:report": Page("/report/?type=person&id=chef_amara", (VISITOR, MEMBER)),
    "notifications:list": Page("/notifications/", INSIDE),
    "moderation:reports": Page("/reports/", INSIDE),
    "meals:discover": Page("/meals/", (VISITOR, MEMBER)),
    "meals:saved": Page("/meals/saved/", (MEMBER, CREATOR)),
    "meals:detail": Page(f"/meals/{MEAL}/", EVERYBODY),
    "meals:print": Page(f"/meals/{MEAL}/print/", (VISITOR,)),
    "meals:history": Page(f"/meals/{MEAL}/history/", (VISITOR,)),
    "meals:review": Page(f"/meals/{MEAL}/review", INSIDE),
    "meals:mine": Page("/create/", (MEMBER, CREATOR)),
    "meals:new": Page("/create/meals/new/", (MEMBER, CREATOR)),
    "meals:import": Page("/create/import/", (CREATOR,)),
    "meals:edit": Page(f"/create/meals/{MEAL}/", (CREATOR,)),
    "meals:my-history": Page(f"/create/meals/{MEAL}/history/", (CREATOR,)),
    "meals:schedule": Page(f"/create/meals/{MEAL}/schedule/", (CREATOR,)),
    "influencers:insights": Page("/studio/insights/", (CREATOR,)),
    "influencers:studio-posts": Page("/studio/posts/", (MEMBER, CREATOR)),
    "influencers:post-new": Page("/studio/posts/new/", (MEMBER, CREATOR)),
    "influencers:posts": Page("/@chef_amara/posts/", (VISITOR, MEMBER, CREATOR)),
    "influencers:creators": Page("/creators/", (VISITOR, MEMBER)),
    "influencers:verified": Page("/verified/", (VISITOR,)),
    "influencers:studio": Page("/studio/", (MEMBER, CREATOR)),
    "influencers:studio-content": Page("/studio/content/", (MEMBER, CREATOR)),
    "influencers:studio-calendar": Page("/studio/calendar/", (CREATOR,)),
    "influencers:studio-page": Page("/studio/page/", (MEMBER, CREATOR)),
    "influencers:studio-collections": Page("/studio/collections/", (MEMBER, CREATOR)),
    "influencers:verification": Page("/studio/verification/", (MEMBER, CREATOR)),
    "classes:list": Page("/classes/", (VISITOR, MEMBER)),
    "orders:cart": Page("/cart/", (VISITOR, MEMBER)),
    "orders:list": Page("/orders/", INSIDE),
    "orders:studio-links": Page("/studio/links/", (MEMBER, CREATOR)),
    "orders:studio-link-new": Page("/studio/links/new/", (CREATOR,)),
    "orders:studio-earnings": Page("/studio/earnings/", (MEMBER, CREATOR)),
    "orders:studio-payouts": Page("/studio/payouts/", (MEMBER, CREATOR)),
    "orders:codes": Page("/studio/codes/", (MEMBER, CREATOR)),
    "orders:code-new": Page("/studio/codes/new/", (CREATOR,)),
    "orders:code-edit": Page("/studio/codes/NO-SUCH-CODE/", (CREATOR,), 404),
    "classes:host": Page("/host/", (MEMBER, CREATOR, STAFF)),
    "classes:chain": Page("/chains/limmat-movement/", (VISITOR, MEMBER)),
    "classes:host-chain": Page("/host/limmat-movement/", (MEMBER,), 404),
    "classes:host-timetable": Page("/host/limmat-movement/timetable/", (MEMBER,), 404),
    "classes:host-class-new": Page("/host/limmat-movement/timetable/new/", (MEMBER,), 404),
    "classes:host-series-new": Page("/host/limmat-movement/timetable/series/new/", (MEMBER,), 404),
    "classes:teach": Page("/teach/", INSIDE),
    "classes:host-brand": Page("/host/limmat-movement/brand/", (MEMBER,), 404),
    "classes:host-studios": Page("/host/limmat-movement/studios/", (MEMBER,), 404),
    "classes:host-studio-new": Page("/host/limmat-movement/studios/new/", (MEMBER,), 404),
    "classes:host-class-types": Page("/host/limmat-movement/class-types/", (MEMBER,), 404),
    "classes:host-class-type-new": Page("/host/limmat-movement/class-types/new/", (MEMBER,), 404),
    "classes:host-staff": Page("/host/limmat-movement/staff/", (MEMBER,), 404),
    "account_verify_link": Page("/accounts/verify/not-a-link/", (VISITOR,), 410),
    "usersessions_list": Page("/accounts/sessions/", INSIDE),
    "account_login": Page("/accounts/login/", (VISITOR,)),
    "account_logout": Page("/accounts/logout/", INSIDE),
    "account_inactive": Page("/accounts/inactive/", (VISITOR,)),
    "account_signup": Page("/accounts/signup/", (VISITOR,)),
    "account_reauthenticate": Page("/accounts/reauthenticate/", INSIDE),
    "account_email": Page("/accounts/email/", INSIDE),
    "account_change_password": Page("/accounts/password/change/", INSIDE),
    "account_reset_password": Page("/accounts/password/reset/", (VISITOR,)),
    "account_reset_password_from_key": Page("/accounts/password/reset/key/1-dead/", (VISITOR,)),
    "account_reset_password_from_key_done": Page("/accounts/password/reset/key/done/", (VISITOR,)),
    "account_reset_password_done": Page("/accounts/password/reset/done/", (VISITOR,)),
    "account_request_login_code": Page("/accounts/login/code/", (VISITOR,)),
    "mfa_index": Page("/accounts/2fa/", INSIDE),
    "mfa_activate_totp": Page("/accounts/2fa/totp/activate/", INSIDE),
    "mfa_list_webauthn": Page("/accounts/2fa/webauthn/", INSIDE),
    "mfa_add_webauthn": Page("/accounts/2fa/webauthn/add/", INSIDE),
    "socialaccount_login_cancelled": Page("/accounts/3rdparty/login/cancelled/", (VISITOR,)),
    "socialaccount_login_error": Page("/accounts/3rdparty/login/error/", (VISITOR,), 401),
    "socialaccount_connections": Page("/accounts/3rdparty/", INSIDE),
    "not found": Page("/nobody/has/this/", (VISITOR, MEMBER), 404),
}

NOT_ROUTES = {"not found"}  # pages that answer where no route does

_POSTED = "takes POST alone"
_LEADS = "leads to the page of the thing"
_PART = "a part of a page, asked for by scripts"
_FILE = "a file, not a page"
_BY_ID = "its address holds a random id; looked at in social/tests/reactions/test_pages.py"
_MACHINE = "for machines"
_IN_BETWEEN = "a step of signing in, walked through in test_getting_in.py"
_PROVIDER = "leads to a provider; 404 without keys"
_TIMETABLE = "its address holds a random id; looked at in classes/tests/views/test_host_timetable.py"
_CLASS = "its address holds a random id or a studio's; looked at in classes/tests/views"
NOT_PAGES = {
    "matching:sport-row": _PART,
    "matching:preview": _PART,
    "classes:session": _CLASS,
    "classes:studio": _CLASS,
    "theme": _POSTED,
    "classes:host-session": _TIMETABLE,
    "classes:host-session-cancel": _TIMETABLE,
    "classes:host-studio": "its address holds a random id; looked at in classes/tests/views/test_host_places.py",
    "classes:host-studio-switch": _POSTED,
    "classes:host-room": "its address holds a random id; looked at in classes/tests/views/test_host_places.py",
    "classes:host-room-new": "its address holds a random id; looked at in classes/tests/views/test_host_places.py",
    "classes:host-room-switch": _POSTED,
    "classes:host-class-type": "its address holds a random id; looked at in classes/tests/views/test_host_places.py",
    "classes:host-class-type-switch": _POSTED,
    "classes:host-staff-remove": _POSTED,
    "set_language": _POSTED,
    "notifications:read-all": _POSTED,
    "notifications:badge": _PART,
    "notifications:open": _LEADS,
    "orders:cart-code-apply": _POSTED,
    "orders:cart-code-remove": _POSTED,
    "orders:code-pause": _POSTED,
    "orders:code-resume": _POSTED,
    "design-suggestions": _PART,
    "public-file": _FILE,
    "private-file": _FILE,
    "security-txt": _MACHINE,
    "robots-txt": _MACHINE,
    "sitemap": _MACHINE,
    "django.contrib.sitemaps.views.sitemap": _MACHINE,
    "healthz": _MACHINE,
    "readyz": _MACHINE,
    "metrics": _MACHINE,
    "accounts:me": "leads to one's own profile",
    "accounts:photo-change": _POSTED,
    "social:feed-mute": _POSTED,
    "social:feed-unmute": _POSTED,
    "accounts:photo-remove": _POSTED,
    "accounts:data-export": _POSTED,
    "accounts:account-delete": _POSTED,
    "accounts:city-suggestions": _PART,
    "social:relate": _POSTED,
    "social:block": _POSTED,
    "social:unblock": _POSTED,
    "social:privacy-change": _POSTED,
    "meals:hero": _FILE,
    "meals:cover": _FILE,
    "meals:shared-cover": _FILE,
    "social:shared": "its address is a secret; looked at in social/tests/reactions/test_shares.py",
    "social:like": _POSTED,
    "social:unlike": _POSTED,
    "social:who-may-comment": _POSTED,
    "social:share": _POSTED,
    "social:share-links": _POSTED,
    "social:share-links-revoke": _POSTED,
    "social:comment-show": _POSTED,
    "social:comment-pin": _POSTED,
    "social:comment-unpin": _POSTED,
    "social:comment-like": _POSTED,
    "social:comment-unlike": _POSTED,
    "social:qr": _FILE,
    "social:card": _FILE,
    "social:likes": _BY_ID,
    "social:comments": _BY_ID,
    "social:replies": _BY_ID,
    "social:comment-edit": _BY_ID,
    "social:comment-delete": _BY_ID,
    "social:comment-hide": _BY_ID,
    "moderation:receipt": "its address holds a random id; looked at in fitfoodie/moderation/tests/test_pages.py",
    "meals:export": _FILE,
    "accounts:export-file": _FILE,
    "meals:save": _POSTED,
    "meals:unsave": _POSTED,
    "meals:review-delete": _POSTED,
    "meals:understood": _PART,
    "meals:delete": _POSTED,
    "meals:photos": _PART,
    "meals:photo-add": _POSTED,
    "meals:photo-change": _POSTED,
    "meals:publish": _POSTED,
    "meals:unpublish": _POSTED,
    "meals:archive": _POSTED,
    "meals:restore": _POSTED,
    "meals:import-detail": "looked at in test_importing.py, which makes an import",
    "meals:import-discard": _POSTED,
    "influencers:post-edit": "belongs to who wrote the post; looked at in influencers/tests",
    "influencers:insights-csv": _FILE,
    "influencers:post-preview": _PART,
    "influencers:post-meals": _PART,
    "influencers:post-photos": _PART,
    "influencers:post-photo-change": _POSTED,
    "influencers:post-delete": _POSTED,
    "influencers:post-publish": _POSTED,
    "influencers:post-unpublish": _POSTED,
    "influencers:post-archive": _POSTED,
    "influencers:post-restore": _POSTED,
    "influencers:post": "looked at in influencers/tests, which write posts",
    "influencers:collection": "looked at in influencers/tests/views/test_collections.py, which makes one",
    "influencers:studio-collection": "looked at in influencers/tests/views/test_collections.py, which makes one",
    "influencers:studio-collection-delete": _POSTED,
    "influencers:studio-bulk": _POSTED,
    "influencers:studio-page-preview": _PART,
    "influencers:verification-withdraw": _POSTED,
    "influencers:verification-appeal": _POSTED,
    "orders:cart-add": _POSTED,
    "orders:cart-item": _POSTED,
    "orders:export": _FILE,
    "orders:detail": "needs an order, as in orders/tests/test_order_pages.py",
    "orders:live": _PART,
    "orders:cancel": _POSTED,
    "orders:again": _POSTED,
    "orders:kitchens": "leads to the one kitchen somebody works in",
    "orders:kitchen": "needs a kitchen, as in orders/tests/test_order_pages.py",
    "orders:kitchen-refusal": "needs an order, as in orders/tests/test_order_pages.py",
    "orders:kitchen-refund": "needs a paid order, as in orders/tests/views/test_refund_pages.py",
    "orders:kitchen-move": _POSTED,
    "orders:kitchen-ticket": "needs an order, as in orders/tests/test_order_pages.py",
    "orders:kitchen-portions": "needs a kitchen, as in orders/tests/test_order_pages.py",
    "orders:kitchen-slots": "needs a kitchen, as in orders/tests/test_order_pages.py",
    "orders:kitchen-export": _FILE,
    "orders:payment-webhook": _MACHINE,
    "orders:link": "leads on",
    "orders:link-similar": "needs a link, as in orders/tests/test_redirect.py",
    "orders:studio-link": "needs a link, as in orders/tests/views/test_studio_earnings.py",
    "orders:studio-link-switch": _POSTED,
    "orders:studio-link-qr": _FILE,
    "orders:studio-payout": "needs a payout, as in orders/tests/views/test_studio_earnings.py",
    "orders:studio-payout-csv": _FILE,
    "orders:pay": "needs an order that waits for money, as in orders/tests/views",
    "orders:pay-card": "needs Stripe, as in orders/tests/providers",
    "orders:payment": "needs an order, as in orders/tests/views",
    "orders:test-bank": "needs a payment, as in orders/tests/views",
    "orders:invoice": "needs a paid order, as in orders/tests/views",
    "job-detail": "belongs to who started the job; its panel is in the gallery",
    "job-cancel": _POSTED,
    "account_session_end": _POSTED,
    "account_session_end_others": _POSTED,
    "account_email_verification_sent": _IN_BETWEEN,
    "account_confirm_login_code": _IN_BETWEEN,
    "account_set_password": "only for people who came by a provider",
    "mfa_authenticate": _IN_BETWEEN,
    "mfa_reauthenticate": _IN_BETWEEN,
    "mfa_trust": _IN_BETWEEN,
    "mfa_deactivate_totp": _IN_BETWEEN,
    "mfa_view_recovery_codes": _IN_BETWEEN,
    "mfa_generate_recovery_codes": _IN_BETWEEN,
    "mfa_download_recovery_codes": _FILE,
    "mfa_reauthenticate_webauthn": _IN_BETWEEN,
    "mfa_remove_webauthn": "needs a passkey, as in test_sign_in.py",
    "mfa_edit_webauthn": "needs a passkey, as in test_sign_in.py",
    "mfa_login_webauthn": _PART,
    "socialaccount_signup": "only on the way back from a provider",
    **{f"{name}_{step}": _PROVIDER for name in ("apple", "facebook", "google") for step in ("login", "callback")},
    "apple_finish_callback": _PROVIDER,
    "facebook_login_by_token": _PROVIDER,
    "google_login_by_token": _PROVIDER,
}


def routes() -> set[str]:
    """Names of all routes but those of the API and of the back office, which have tables of their own."""
    return {name for name, address in _walk(get_resolver(), "", "") if not address.startswith(("api/", "admin/"))}


def _walk(resolver: URLResolver, prefix: str, space: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            if entry.name:
                yield space + entry.name, address
        else:
            yield from _walk(entry, address, f"{space}{entry.namespace}:" if entry.namespace else space)


def back_office() -> dict[str, str]:
    """The lists of the admin by name, and its entrance."""
    lists = (f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist" for model in admin.site._registry)
    return {name: reverse(name) for name in ("admin:index", *sorted(lists))}
