"""Every component renders with its documented attributes, says what it should, and lets no value out of its quotes."""

import re
from datetime import UTC, datetime

import pytest
from django import forms
from django.conf import settings
from django.template import engines
from django.template.loader import get_template
from django_cotton.compiler_regex import CottonCompiler

COTTON = sorted((settings.BASE_DIR / "templates/cotton").glob("*.html"))


def render(source: str, **context: object) -> str:
    return engines["django"].from_string(compiled(source)).render(context)


def compiled(source: str) -> str:
    """Cotton rewrites `<c-…>` when a file is loaded; a template from a string is rewritten here."""
    return CottonCompiler().process(source)


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("path", COTTON, ids=lambda path: path.stem)
def test_component_documents_each_attribute(path):
    source = path.read_text()
    comment = re.search(r"{% comment %}(.*?){% endcomment %}", source, re.DOTALL)
    assert comment, "a component starts with a comment that says what it is and takes"
    declared = re.search(r"<c-vars\s+([^>]*?)/>", source, re.DOTALL)
    names = re.findall(r":?([\w-]+)=", declared.group(1)) if declared else []
    words = set(re.findall(r"[\w-]+", comment.group(1)))
    assert [name for name in names if name != "class" and name not in words] == []


@pytest.mark.parametrize("path", COTTON, ids=lambda path: path.stem)
def test_component_compiles(path):
    assert get_template(f"cotton/{path.name}")


def test_button_link_and_button():
    assert render("<c-button>Save</c-button>") == '<button type="submit" class="button primary">Save</button>\n'
    assert render('<c-button href="/x" kind="quiet">Go</c-button>') == '<a href="/x" class="button quiet">Go</a>\n'


def test_button_passes_attributes_through_and_escapes_dynamic_values():
    html = render(
        '<c-button name="act" :data-note="note" hx-post="/x">Go</c-button>', note='"><script>alert(1)</script>'
    )
    assert 'name="act"' in html
    assert 'hx-post="/x"' in html
    assert "<script>" not in html
    assert 'data-note="&quot;&gt;&lt;script&gt;' in html


def test_button_states():
    assert 'aria-busy="true"' in render("<c-button loading>Go</c-button>")
    disabled = render('<c-button href="/x" disabled>Go</c-button>')
    assert " disabled" in disabled
    assert "href" not in disabled
    icon_only = render('<c-button icon="share" label="Share" />')
    assert 'aria-label="Share"' in icon_only
    assert "square" in icon_only


def test_chip_kinds():
    assert 'aria-current="true"' in render('<c-chip href="?a=1" on>Vegan</c-chip>')
    removable = render('<c-chip href="?" on removable>Vegan</c-chip>')
    assert text(removable) == "Remove filter: Vegan"
    form = render('<c-chip name="diet" value="vegan" on :count="0">Vegan</c-chip>')
    assert '<input type="checkbox" name="diet" value="vegan" checked>' in form
    assert text(form) == "Vegan 0"
    assert 'class="chip label go"' in render('<c-chip kind="go">Live</c-chip>')


def test_field_with_own_control():
    html = render('<c-field label="Servings" for="s" help="1 to 24" error="Too many" optional><input id="s"></c-field>')
    assert '<label for="s">Servings' in html
    assert 'id="s_helptext">1 to 24<' in html
    assert 'id="s_error"><li>Too many' in html
    assert html.index("<label") < html.index("<input") < html.index("s_helptext") < html.index("s_error")


def test_card_slots_and_title():
    html = render(
        '<c-card title="A & B" href="/x" heading="h2">Body<c-slot name="footer">Foot</c-slot></c-card>',
    )
    assert '<h2><a class="cover-link" href="/x">A &amp; B</a></h2>' in html
    assert "<footer>Foot</footer>" in html


MEAL = {
    "title": "Lentils <b>",
    "url": "/meals/lentils",
    "cover_url": "/m/1.jpg",
    "cover_srcset": "/m/1.jpg 400w",
    "cover_sources": [{"type": "image/avif", "srcset": "/m/1.avif 400w"}],
    "cover_alt": "A bowl",
    "creator": {"name": "Ines", "url": "/@ines", "verified": True},
    "calories": 512,
    "protein": 34.4,
    "minutes": 25,
    "rating_average": 4.25,
    "rating_count": 12,
    "price": "€ 8.50",
    "diets": ["Vegan", "Halal", "Keto"],
}


def test_meal_card_full():
    html = render('<c-meal-card :meal="meal" />', meal=MEAL)
    assert text(html) == "Lentils &lt;b&gt; Ines Rated 4.3 of 5 (12) Vegan Halal 512 kcal 34 g protein 25 min € 8.50"
    assert '<source type="image/avif" srcset="/m/1.avif 400w"' in html
    assert 'alt="A bowl"' in html
    assert 'loading="lazy"' in html
    assert 'aria-label="Verified"' in html


def test_meal_card_unknown_is_not_zero_and_zero_is_not_unknown():
    unknown = render('<c-meal-card :meal="meal" />', meal={"title": "Soup", "url": "/s", "calories": None})
    assert text(unknown) == "Soup – kcal unknown"
    zero = render('<c-meal-card :meal="meal" />', meal={"title": "Tea", "url": "/t", "calories": 0, "protein": 0})
    assert text(zero) == "Tea 0 kcal 0 g protein"


def test_meal_card_drawn_cover_and_no_cover():
    drawn = render('<c-meal-card :meal="meal" eager />', meal={"title": "S", "url": "/s", "cover_svg_url": "/c.svg"})
    assert 'src="/c.svg"' in drawn
    assert "lazy" not in drawn
    assert 'class="plate"' in render('<c-meal-card :meal="meal" />', meal={"title": "S", "url": "/s"})


def test_person_row_and_avatar():
    html = render(
        '<c-person-row :person="p">x</c-person-row>', p={"name": "Maya Lund", "handle": "maya", "url": "/@maya"}
    )
    assert text(html) == "ML Maya Lund @maya x"
    same = {re.search(r"hue-\d", render('<c-avatar name="Maya Lund" />')).group() for _ in range(2)}
    assert len(same) == 1
    assert 'src="/a.jpg"' in render('<c-avatar name="Maya" src="/a.jpg" />')
    assert 'aria-label="Maya"' in render('<c-avatar name="Maya" href="/@maya" />')


@pytest.mark.parametrize(
    ("name", "expected"), [("Maya", "M"), ("Chef Ines Moreau", "CM"), ("小明", "小"), ("", "?"), ("🍅", "?")]
)
def test_avatar_initials(name, expected):
    assert text(render('<c-avatar :name="name" />', name=name)) == expected


def test_stat_known_and_unknown():
    assert text(render('<c-stat label="Protein" :value="0" unit="g" />')) == "Protein 0 g"
    assert text(render('<c-stat label="Pulse" note="no figures yet" />')) == "Pulse – no figures yet"


def test_rating_forms():
    assert text(render('<c-rating :average="4.26" :count="3" />')) == "Rated 4.3 of 5 (3)"
    assert text(render('<c-rating :average="5" :count="1" stars href="#r" />')) == "Rated 5.0 of 5 1 review"
    assert text(render("<c-rating />")) == "No ratings yet"


def test_rating_input_without_script():
    html = render('<c-rating-input :value="3" error="Choose one" />')
    assert re.findall(r'value="(\d)"( checked)?', html) == [
        ("1", ""),
        ("2", ""),
        ("3", " checked"),
        ("4", ""),
        ("5", ""),
    ]
    assert "Choose one" in html
    assert 'aria-describedby="rating_error"' in html


def test_progress_known_and_going_on():
    assert 'max="120" value="84.5"' in render('<c-progress label="P" :value="84.5" max="120" />')
    assert "value=" not in render('<c-progress label="Reading" />')


def test_tabs_breadcrumbs_current():
    items = [{"label": "Meals", "url": "/m", "current": True, "count": 3}, {"label": "About", "url": "/a"}]
    tabs = render('<c-tabs label="Profile" :items="items" />', items=items)
    assert '<a href="/m" aria-current="page">Meals' in tabs
    assert tabs.count("aria-current") == 1
    crumbs = render('<c-breadcrumbs :items="items" />', items=items)
    assert '<a href="/m">Meals</a>' in crumbs
    assert '<span aria-current="page">About</span>' in crumbs


def test_dialog_menu_disclosure():
    dialog = render('<c-dialog id="d" title="Sure?">Body<c-slot name="actions">Go</c-slot></c-dialog>')
    assert 'aria-labelledby="d-title"' in dialog
    assert 'aria-label="Close"' in dialog
    assert "<summary" in render('<c-menu label="Sort" icon="filter"><a href="#">x</a></c-menu>')
    assert 'aria-label="More"' in render('<c-menu label="More" icon="more" icon_only>x</c-menu>')
    assert "<details" in render('<c-disclosure title="Why" open>Because</c-disclosure>')


@pytest.mark.parametrize("level", ["info", "success", "warning", "error"])
def test_message_and_toast_levels(level):
    for component in ("message", "toast"):
        html = render(f'<c-{component} level="{level}">Words</c-{component}>')
        assert ('role="alert"' in html) == (level == "error")
        assert "Words" in text(html)


def test_pager_more_previous_and_nothing():
    assert render("<c-pager />").strip() == ""
    html = render('<c-pager :next_url="next" select="#results > *" />', next="/m?cursor=a&q=b")
    assert 'href="/m?cursor=a&amp;q=b"' in html
    assert 'hx-select="#results &gt; *"' in html
    assert "revealed" in html
    plain = render('<c-pager previous_url="?page=1" next_url="?page=3" :infinite="False" label="Older" />')
    assert "revealed" not in plain
    assert text(plain) == "Previous Older"


def test_empty_offers_the_next_step():
    html = render('<c-empty title="Nothing yet" href="/new" action="Write one">Words</c-empty>')
    assert text(html) == "Nothing yet Words Write one"


def test_price_before():
    assert text(render('<c-price value="€ 6" before="€ 8" />')) == "before € 8 € 6"


def test_timeline_states():
    items = [
        {"title": "Placed", "state": "done", "at": datetime(2026, 3, 1, 12, tzinfo=UTC)},
        {"title": "Cooking", "state": "now"},
        {"title": "Delivered"},
    ]
    html = render('<c-timeline :items="items" />', items=items)
    assert re.findall(r'<li class="(\w+)"', html) == ["done", "now", "next"]
    assert '<time datetime="2026-03-01T12:00:00+00:00">' in html


def test_nutrition_unknown_stays_unknown():
    html = render(
        '<c-nutrition :facts="f" incomplete />', f={"calories": 512, "protein_g": 0, "fat": 14.25, "salt": None}
    )
    rows = [text(row) for row in re.findall(r"<tr.*?</tr>", html)]
    assert rows == ["Energy 512 kcal", "Protein 0 g", "Carbohydrates unknown", "Fat 14.3 g", "Salt unknown"]
    assert "true values are higher" in html
    own = render('<c-nutrition :rows="rows" />', rows=[{"label": "Iron", "value": 3, "unit": "mg"}])
    assert "Iron" in own


def test_nutrition_takes_objects():
    class Facts:
        calories, protein = 100, 5

    assert "100 kcal" in text(render('<c-nutrition :facts="f" />', f=Facts()))


def test_switch_is_a_checkbox():
    html = render('<c-switch name="digest" label="Digest" help="Weekly" on hx-post="/s" />')
    assert '<input type="checkbox" role="switch" name="digest" value="on" checked hx-post="/s">' in html


def test_combobox_alone_and_inside_a_form():
    alone = render('<c-combobox name="q" label="Search" action="/meals" src="/suggest" value="a b" />')
    assert 'action="/meals" method="get"' in alone
    assert 'data-src="/suggest"' in alone
    inside = render('<c-combobox name="food" label="Food" src="/foods" value_name="food_id" value_id="7" />')
    assert "<form" not in inside
    assert '<input type="hidden" name="food_id" value="7">' in inside


def test_form_component_holds_token_errors_and_buttons(rf):
    class Form(forms.Form):
        name = forms.CharField()

    template = engines["django"].from_string(compiled('<c-form :form="form" submit="Send" cancel="/" />'))
    html = template.render({"form": Form({})}, request=rf.get("/"))
    assert "csrfmiddlewaretoken" in html
    assert "This field is required." in html
    assert "Send" in html
    assert 'href="/">Cancel' in html


def test_icon_component_label_and_unknown_name():
    assert 'aria-hidden="true"' in render('<c-icon name="heart" />')
    assert 'role="img" aria-label="Liked"' in render('<c-icon name="heart" label="Liked" solid />')
    with pytest.raises(KeyError):
        render('<c-icon name="nonesuch" />')


@pytest.mark.parametrize("kind", ["bar", "line"])
def test_chart_has_summary_and_table(kind):
    html = render(
        f'<c-chart-{kind} title="Energy" unit="kcal" :points="points" />',
        points=[("Mon", 1840), ("Tue", None), ("Wed", 2380)],
    )
    assert 'aria-label="Energy: from 1,840 (Mon) to 2,380 kcal (Wed)"' in html
    assert text(re.search(r"<tbody>.*</tbody>", html).group()) == "Mon 1,840 kcal Tue unknown Wed 2,380 kcal"


def test_component_does_not_see_the_page_around_it():
    assert "leak" not in render("<c-message>Words</c-message>", title="leak", level="leak")
