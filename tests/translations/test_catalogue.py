"""The German catalogue is whole, current and keeps every placeholder; nothing marked in the source is missing."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

from tests.translations.sources import ROOT, Text, marked_texts, texts_of_code, texts_of_template

MEND = (
    "run `make messages` (it needs gettext), translate what is empty or fuzzy in locale/de/LC_MESSAGES/django.po, run "
    "it again and commit the .po and the .mo; docs/translations.md has the words to use"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sdf]|\{\w*\}")
MARKUP = re.compile(r"</?[a-z][^>]*>")


def catalogue_file(code: str, suffix: str) -> Path:
    return ROOT / "locale" / code / "LC_MESSAGES" / f"django.{suffix}"


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(catalogue_file("de", "po")))


def key(entry: polib.POEntry | polib.MOEntry) -> Text:
    return Text(entry.msgctxt, entry.msgid, entry.msgid_plural or "")


def renderings(entry: polib.POEntry | polib.MOEntry) -> list[str]:
    return [entry.msgstr_plural[form] for form in sorted(entry.msgstr_plural)] or [entry.msgstr]


def test_only_languages_with_a_catalogue_are_offered():
    translated = {path.parts[-3] for path in ROOT.glob("locale/*/LC_MESSAGES/django.mo")}
    assert {code for code, _ in settings.LANGUAGES} == {"en", *translated}


def test_every_marked_text_is_in_the_catalogue(catalogue):
    known = {key(entry) for entry in catalogue}
    missing = {f"{path}: {text.singular!r}" for text, path in marked_texts().items() if text not in known}
    assert not missing, f"{len(missing)} texts have no German: {MEND}\n" + "\n".join(sorted(missing))


def test_nothing_in_the_catalogue_has_left_the_source(catalogue):
    gone = [entry.msgid for entry in catalogue if key(entry) not in marked_texts()]
    assert not gone, f"no longer in the source: {MEND}\n" + "\n".join(gone)


def test_every_entry_is_translated(catalogue):
    empty = [entry.msgid for entry in catalogue if not all(renderings(entry)) or entry.fuzzy or entry.obsolete]
    assert not empty, f"not translated, fuzzy or obsolete: {MEND}\n" + "\n".join(empty)


def test_every_plural_has_both_forms(catalogue):
    assert [entry.msgid for entry in catalogue if entry.msgid_plural and len(renderings(entry)) != 2] == []


def test_placeholders_are_kept(catalogue):
    assert [
        entry.msgid
        for entry in catalogue
        for original, german in zip((entry.msgid, entry.msgid_plural), renderings(entry), strict=False)
        if sorted(PLACEHOLDER.findall(original)) != sorted(PLACEHOLDER.findall(german))
    ] == []


def test_markup_and_line_ends_are_kept(catalogue):
    assert [
        entry.msgid
        for entry in catalogue
        for german in renderings(entry)
        if MARKUP.findall(entry.msgid) != MARKUP.findall(german) or entry.msgid.count("\n") != german.count("\n")
    ] == []


def test_quotation_marks_are_german(catalogue):
    assert [
        entry.msgid
        for entry in catalogue
        for german in renderings(entry)
        if re.search(r"[”\"]", MARKUP.sub("", german))
    ] == []


def test_the_compiled_catalogue_is_current(catalogue):
    compiled = polib.mofile(str(catalogue_file("de", "mo")))
    assert {key(entry): renderings(entry) for entry in compiled} == {
        key(entry): renderings(entry) for entry in catalogue
    }, f"the .mo is older than the .po: {MEND}"


def test_a_text_is_found_in_each_form_of_python():
    source = """
from django.utils import translation
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
a = _("one " "line")
b = ngettext("%d meal", "%d meals", 3) % 3
c = pgettext_lazy("meal", "Save")
d = translation.gettext("Cook")
e = _(a)
"""
    assert set(texts_of_code(source)) == {
        Text(None, "one line", ""),
        Text(None, "%d meal", "%d meals"),
        Text("meal", "Save", ""),
        Text(None, "Cook", ""),
    }


def test_a_text_is_found_in_each_form_of_template():
    source = """{% load i18n %}{% translate "It's on" %}{% translate 'Save' context "meal" %}
{% blocktranslate count n=3 trimmed %}
  {{ n }} meal
{% plural %}
  {{ n }} meals
{% endblocktranslate %}{% blocktranslate with a=b %}by {{ a }}{% endblocktranslate %}<p>plain</p>"""
    assert set(texts_of_template(source)) == {
        Text(None, "It's on", ""),
        Text("meal", "Save", ""),
        Text(None, "%(n)s meal", "%(n)s meals"),
        Text(None, "by %(a)s", ""),
    }
