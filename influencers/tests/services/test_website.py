"""Whether a website leads back to the profile, and that a bad one says so."""

import http.server
import threading

import pytest

from influencers.models import VerificationApplication
from influencers.services.website import check_website, links_back
from influencers.tests.factories_creators import NOW, make_application

PROFILE = "https://site.test/@ada"


@pytest.fixture(autouse=True)
def _address_of_the_site(settings):
    settings.SITE_URL = "https://site.test"


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (f'<a rel="me noopener" href="{PROFILE}">me</a>', "related"),
        (f'<link rel="ME" href="{PROFILE}/">', "related"),
        (f"<p><A HREF={PROFILE}>me</A>", "linked"),
        ('<a href="https://www.site.test/@Ada?x=1#y">me</a>', "linked"),
        ('<a href="//site.test/@ada">me</a>', "linked"),
        ('<a href="https://site.test/@adam">me</a>', "missing"),
        ('<a href="https://other.test/@ada">me</a>', "missing"),
        ('<a href="https://site.test.evil.test/@ada">me</a>', "missing"),
        ('<a href="/@ada">me</a>', "missing"),
        (f"<!-- <a href='{PROFILE}'>me</a> -->{PROFILE}", "missing"),
        (f'<script>"<a href={PROFILE}>"</script>', "missing"),
        ('<a href="https://[broken">x</a>', "missing"),
        ("<a><link><a href>", "missing"),
        ("", "missing"),
    ],
)
def test_what_a_page_links_to(db, ada, html, found):
    assert links_back(html, base="https://ada.example.org/", person=ada) == found


class Site(http.server.BaseHTTPRequestHandler):
    pages = {"/": f'<a rel="me" href="{PROFILE}">me</a>'.encode(), "/none": b"<p>Nothing</p>"}

    def do_GET(self):
        page = self.pages.get(self.path)
        self.send_response(200 if page is not None else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page or b"")

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def site(settings):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.OUTGOING_HTTP_ALLOW_PRIVATE = True
    settings.OUTGOING_HTTP_PORTS = (server.server_port,)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def visited(ada, address):
    application = make_application(ada)
    VerificationApplication.objects.filter(pk=application.pk).update(website=address)
    check_website(application_id=application.pk, now=NOW)
    application.refresh_from_db()
    assert application.website_checked_at == NOW
    return application


@pytest.mark.parametrize(("path", "found"), [("/", "related"), ("/none", "missing"), ("/gone", "failed")])
def test_site_is_visited(ada, site, path, found):
    application = visited(ada, site + path)
    assert application.website_check == found
    assert bool(application.website_note) == (found == "failed")


def test_private_addresses_are_not_visited(ada):
    application = visited(ada, "http://127.0.0.1/")
    assert (application.website_check, "public internet" in application.website_note) == ("failed", True)


def test_nothing_to_visit(ada):
    application = make_application(ada, website="")
    assert check_website(application_id=application.pk, now=NOW) is None
    assert check_website(application_id=0, now=NOW) is None
