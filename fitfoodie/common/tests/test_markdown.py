import json
import os
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.utils.safestring import SafeString

from fitfoodie.common.markdown import render_markdown, render_message

FILE = Path(os.environ.get("FITFOODIE_DATA", "../shared/data")) / "naughty-strings" / "blns.json"
TAGS = {
    "p",
    "br",
    "hr",
    "strong",
    "em",
    "s",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "a",
    "h3",
    "h4",
    "h5",
    "h6",
}


def holds_only_what_is_allowed(html):
    for tag in BeautifulSoup(html, "html.parser").find_all(True):
        if tag.name not in TAGS or set(tag.attrs) - {"href", "rel", "title", "start"}:
            return False
        if "href" in tag.attrs and not re.match(r"https?://|mailto:|/[^/\\]", tag["href"] + ".", re.IGNORECASE):
            return False
    return True


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**Hello** _there_", "<p><strong>Hello</strong> <em>there</em></p>\n"),
        ("~~no~~", "<p><s>no</s></p>\n"),
        ("# Mine\n\n###### Deep", "<h3>Mine</h3>\n<h6>Deep</h6>\n"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("3. three", '<ol start="3">\n<li>three</li>\n</ol>\n'),
        ("[site](https://a.test)", '<p><a href="https://a.test" rel="nofollow ugc noopener">site</a></p>\n'),
        ("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        (
            "![cat](https://a.test/cat.png)",
            '<p>!<a href="https://a.test/cat.png" rel="nofollow ugc noopener">cat</a></p>\n',
        ),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](data:text/html,hi)", "<p>[x](data:text/html,hi)</p>\n"),
        ("[m](/meals/soup/)", '<p><a href="/meals/soup/" rel="nofollow ugc noopener">m</a></p>\n'),
        ("[x](//evil.test)", '<p><a rel="nofollow ugc noopener">x</a></p>\n'),
        ("[x](somewhere)", '<p><a rel="nofollow ugc noopener">x</a></p>\n'),
        ("`<h1>` in code", "<p><code>&lt;h1&gt;</code> in code</p>\n"),
        ("", ""),
    ],
)
def test_markdown_is_shown(written, shown):
    assert render_markdown(written) == shown


LINK = '<a href="https://a.test/x?b=1" rel="nofollow ugc noopener">https://a.test/x?b=1</a>'


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("one\ntwo", "<p>one<br>\ntwo</p>\n"),
        ("# no\n---\ntitle", "<p># no<br>\n---<br>\ntitle</p>\n"),
        ("see https://a.test/x?b=1, ok", f"<p>see {LINK}, ok</p>\n"),
        ("(**https://a.test/x?b=1**).", f"<p>(<strong>{LINK}</strong>).</p>\n"),
        ("`https://a.test`", "<p><code>https://a.test</code></p>\n"),
        (
            "[w](https://a.test) https://",
            '<p><a href="https://a.test" rel="nofollow ugc noopener">w</a> https://</p>\n',
        ),
        (
            "[https://b.test](https://a.test/x?b=1)",
            f"<p>{LINK.replace('>https://a.test/x?b=1', '>https://b.test')}</p>\n",
        ),
        ("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>\n"),
        (
            "https://a.test/<script>",
            '<p><a href="https://a.test/" rel="nofollow ugc noopener">https://a.test/</a>&lt;script&gt;</p>\n',
        ),
    ],
)
def test_message_is_shown(written, shown):
    assert render_message(written) == shown


def test_it_is_marked_safe_for_templates():
    assert isinstance(render_markdown("x"), SafeString)


@pytest.mark.parametrize(
    "text",
    [
        '[a](https://x.test "onmouseover=alert(1)")',
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "[a](  javascript:alert`1`)",
        '<https://a.test" onclick=alert(1)>',
        "[x][1]\n\n[1]: javascript:alert(1)",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](vbscript:x)",
    ],
)
def test_nothing_runs(text):
    assert holds_only_what_is_allowed(render_markdown(text))
    assert holds_only_what_is_allowed(render_message(text))


@pytest.mark.data
@pytest.mark.skipif(not FILE.is_file(), reason=f"FITFOODIE_DATA names no folder with naughty-strings ({FILE})")
def test_naughty_strings_stay_words():
    strings = [text for text in json.loads(FILE.read_text()) if text.encode("utf-8", "ignore").decode() == text]
    forms = ("{}", "[x]({})", "**{}**", "> {}", "`{}`", "[x][1]\n\n[1]: {}")
    bad = [
        (form, text)
        for text in strings
        for form in forms
        for render in (render_markdown, render_message)
        if not holds_only_what_is_allowed(render(form.replace("{}", text)))
    ]
    assert bad == []
