import re

from django import forms


class Sample(forms.Form):
    name = forms.CharField(help_text="As others see it")
    email = forms.EmailField(widget=forms.EmailInput(attrs={"autofocus": True}))
    bio = forms.CharField(required=False, widget=forms.Textarea)
    diets = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple, required=False)
    terms = forms.BooleanField()
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def test_form_label_above_control_above_help_above_error():
    html = str(Sample({})["name"].as_field_group())
    order = [html.index(part) for part in ("<label", "<input", "As others see it", "This field is required.")]
    assert order == sorted(order)


def test_form_error_is_tied_to_its_control():
    html = str(Sample({})["name"].as_field_group())
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html


def test_form_first_wrong_field_takes_the_focus():
    html = str(Sample({"name": "Maya", "email": "maya@demo.test"}))
    assert re.findall(r'name="(\w+)"[^>]*autofocus', html) == ["terms"]
    assert re.findall(r'name="(\w+)"[^>]*autofocus', str(Sample({}))) == ["name"]


def test_form_unbound_keeps_the_authors_focus():
    assert re.findall(r'name="(\w+)"[^>]*autofocus', str(Sample())) == ["email"]


def test_form_keeps_what_was_typed():
    assert 'value="not an address"' in str(Sample({"email": "not an address"}))


def test_form_optional_fields_say_so_unless_the_form_hides_it():
    assert str(Sample()).count("optional") == 4  # two marks, each a class and a word
    form = Sample()
    form.hide_optional_marks = True
    assert "optional" not in str(form)


def test_form_group_of_choices_is_a_fieldset_with_legend():
    html = str(Sample()["diets"].as_field_group())
    assert "<fieldset>" in html
    assert "<legend>Diets" in html


def test_form_checkbox_has_its_label_beside():
    assert re.search(
        r'<div class="field check"><input[^>]+><label for="id_terms">', str(Sample()["terms"].as_field_group())
    )


def test_form_wide_errors_are_announced_first():
    form = Sample({})
    form.add_error(None, "These do not match.")
    html = str(form)
    assert html.startswith('<div role="alert"><ul class="errorlist nonfield"')
    assert html.count('name="token"') == 1


def test_form_typed_markup_comes_back_escaped():
    assert "<script>" not in str(Sample({"name": '"><script>alert(1)</script>'}))
