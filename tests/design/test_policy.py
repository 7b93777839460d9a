"""What no template and no static file may do: run inline code, style inline, reach for another host."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
STATIC = sorted(p for p in (settings.BASE_DIR / "static").rglob("*") if p.suffix in {".css", ".js", ".svg"})
SHARED = {"base", "layout", "components", "pages", "print", "app", "combobox"}
NAMESPACES = ("http://www.w3.org/", "https://schema.org")
# The one page that loads something from elsewhere: the card form of the payment provider (ADR 0036).
FROM_ELSEWHERE = {"templates/orders/order_pay_card.html": {"https://js.stripe.com/v3/"}}
# Mails and downloads are read outside the site, where only inline styles work.
PAGES = [path for path in TEMPLATES if not {"email", "emails", "mail", "export"} & set(path.parts)]


def relative(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_template_has_no_inline_code_or_style(path):
    text = path.read_text()
    assert re.findall(r"<[^>]*\s(on\w+)=[\"']", text) == []
    assert re.findall(r"<[a-z][^>{]*\sstyle=", text) == []
    assert re.findall(r"<style(?! nonce=)", text) == []
    assert "javascript:" not in text
    assert re.findall(r"\shx-on[:=]", text) == []


@pytest.mark.parametrize("path", PAGES + STATIC, ids=relative)
def test_nothing_is_loaded_from_another_host(path):
    text = path.read_text()
    loaded = re.findall(r"(?:src|srcset|action|poster)=[\"']((?:https?:)?//[^\"']+)", text)
    loaded += re.findall(r"<link[^>]+href=[\"']((?:https?:)?//[^\"']+)", text)
    loaded += re.findall(r"url\([\"']?((?:https?:)?//[^)]+)|@import[^;]+((?:https?:)?//[^;]+)", text)
    foreign = {str(address) for address in loaded if not str(address).startswith(NAMESPACES)}
    assert foreign == FROM_ELSEWHERE.get(relative(path), set())


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_inline_script_carries_the_nonce(path):
    scripts = re.findall(r"<script\b([^>]*)>", path.read_text())
    assert [s for s in scripts if "src=" not in s and "ld+json" not in s and "json" not in s and "nonce" not in s] == []


def test_page_weight_under_budget(client, settings):
    """HTML + CSS + JS of the heaviest page we have, compressed: under 100 KB; our own CSS and JS under 25.

    Every page loads the shared files; of those of single areas no page loads more than four.
    """
    settings.SITE_GALLERY = True
    page = gzip.compress(client.get("/design/").content)
    files = [path for path in STATIC if path.suffix in {".css", ".js"}]
    shared = [path for path in files if path.stem in SHARED]
    of_areas = sorted(set(files) - set(shared), key=lambda path: path.stat().st_size)[-4:]
    ours = b"".join(path.read_bytes() for path in (*shared, *of_areas))
    htmx = Path(finders.find("django_htmx/htmx-2.min.js")).read_bytes()
    assert len(gzip.compress(ours)) < 25_000
    assert len(page) + len(gzip.compress(ours)) + len(gzip.compress(htmx)) < 100_000
