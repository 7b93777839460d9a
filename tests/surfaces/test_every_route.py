"""A route that answers GET is walked as a surface or says here why it need not be: a new page is thought of on its
first day."""

from fnmatch import fnmatch

from django.urls import URLPattern, get_resolver, resolve

from tests.pages.catalogue import NOT_PAGES
from tests.surfaces.surfaces import FOR_MACHINES, SURFACES

# Patterns of route names, by why nobody is shown there whom the reader may not meet.
NOBODY_BUT_ONESELF = (
    *("account_*", "accounts:settings*", "accounts:city-suggestions", "accounts:export-file", "accounts:me"),
    *("accounts:start-creating", "mfa_*", "socialaccount_*", "usersessions_list", "job-detail", "search:look"),
    *("v1:me", "v1:me-export*", "v1:me-privacy", "v1:me-sessions", "v1:job", "v1:feed-mutes"),
    # What a creator makes and earns; links, codes and payouts are their own, figures name nobody.
    *("meals:mine", "meals:my-history", "meals:new", "meals:edit", "meals:import*", "meals:export", "meals:photos"),
    *("meals:schedule", "meals:understood", "v1:my-*", "v1:insights", "v1:affiliate-link*", "v1:commissions"),
    *("influencers:studio*", "influencers:insights*", "influencers:verification", "influencers:post-*"),
    *("orders:studio-*", "orders:code*", "v1:payout*", "v1:promo-code", "v1:promo-codes", "v1:promo-code-uses"),
    *("v1:saved-search*", "matching:delete-profile", "matching:learned", "matching:preferences", "matching:preview"),
    *("matching:sport-row", "v1:match-learned", "v1:match-preferences"),
    # One's own seats: the class and what became of it.
    *("classes:seat-panel", "classes:door-code*", "classes:dispute", "v1:class-rsvp", "v1:me-rsvps"),
    # One's own words, and what was decided of them.
    *("social:comment-edit", "social:comment-delete", "social:comment-hide", "moderation:receipt"),
    *("moderation:reports", "v1:report*"),
    # Leads to what the list says, which is walked; a number.
    *("notifications:open", "notifications:badge", "chat:badge"),
    # The letter about one's own frozen earnings, behind a signed link; what one shows in conversations.
    *("orders:frozen-earnings", "v1:chat-settings"),
)
THE_HOUSE_SEES_EVERYBODY = (  # at the door, behind the counter, in the office: who pays or comes is served
    *("classes:host*", "classes:teach", "classes:check-in", "classes:roster*", "v1:class-roster", "v1:series"),
    *("v1:chain-staff", "v1:host-*", "orders:kitchen*", "v1:kitchen-orders", "v1:person-roles"),
)
EXISTING_ORDERS_CONTINUE = (  # “customer ↔ creator: existing orders continue”; new ones are refused by the service
    *("orders:cart", "orders:list", "orders:detail", "orders:live", "orders:export", "orders:invoice"),
    *("orders:pay", "orders:pay-card", "orders:payment", "orders:test-bank", "orders:payment-webhook"),
    *("v1:cart", "v1:order*"),
)
# Not there for whoever has no ratings yet; `classes/tests/views/test_ratings_shown.py` blocks and closes it.
RATINGS_OF_A_TEACHER = ("classes:instructor-ratings",)
# “1:1: read-only history”: what was said stays readable to each; `chat/tests` walks every state of the two.
THE_HISTORY_STAYS = ("chat:inbox", "chat:thread", "chat:news", "chat:message-*", "v1:conversation*")
THE_CLICK_LEADS_ON = ("orders:link",)  # “click from a blocked user still attributes”: the page it leads to hides
THE_ONE_LIST_OF_BLOCKED = ("social:blocked", "v1:me-blocked")
NO_PEOPLE = (
    *("terms", "privacy", "imprint", "guidelines", "design*", "healthz", "readyz", "metrics", "robots-txt"),
    *("security-txt", "sitemap", "schema", "problem*", "api-*", "v1:openapi", "meals:hero", "influencers:verified"),
    *("v1:allergens", "v1:diets", "v1:tags", "v1:chain", "v1:chains", "v1:studios", "v1:kitchen-slots"),
    *("search:stop-alerts", "public-file", "private-file", "classes:card"),
    *("apple_*", "facebook_*", "google_*", "headless:*"),
)
WITHOUT_A_SURFACE = (
    NOBODY_BUT_ONESELF
    + THE_HOUSE_SEES_EVERYBODY
    + EXISTING_ORDERS_CONTINUE
    + RATINGS_OF_A_TEACHER
    + THE_HISTORY_STAYS
    + THE_CLICK_LEADS_ON
    + THE_ONE_LIST_OF_BLOCKED
    + NO_PEOPLE
)


def routes(resolver=None, address="", space=""):
    """Names of what answers GET, but for the back office."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = address + str(entry.pattern)
        if not isinstance(entry, URLPattern):
            yield from routes(entry, here, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif entry.name and not here.startswith("admin/") and answers_get(space + entry.name, entry.callback):
            yield space + entry.name


def answers_get(name, callback):
    view = getattr(callback, "cls", None) or getattr(callback, "view_class", None)
    return hasattr(view, "get") if view else NOT_PAGES.get(name) != "takes POST alone"


class Anybody:
    """Stands for the world where only the form of an address matters."""

    def __getattr__(self, name):
        return self

    def __str__(self):
        return "x"


def walked():
    """Names of the routes that the suite of surfaces asks."""
    addresses = (surface.address(Anybody()).partition("?")[0] for surface in [*SURFACES, *FOR_MACHINES])
    return {resolve(address).view_name for address in addresses}


def test_every_route_is_walked_or_has_a_reason():
    excused = {name for name in routes() if any(fnmatch(name, pattern) for pattern in WITHOUT_A_SURFACE)}
    assert set(routes()) - excused - walked() == set()
    assert excused & walked() == set()


def test_every_reason_is_about_a_route():
    names = set(routes())
    idle = [pattern for pattern in WITHOUT_A_SURFACE if not any(fnmatch(name, pattern) for name in names)]
    assert idle == []
