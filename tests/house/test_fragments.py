"""Forms and fragments draw what they are given, and nothing twice."""

import re
from datetime import date
from types import SimpleNamespace as Row

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import render_to_string

from cases.enums import Stage
from services import charts


class Registration(forms.Form):
    name = forms.CharField(label="Nama lengkap", help_text="Seperti pada akta kelahiran.")
    nickname = forms.CharField(label="Nama panggilan", required=False)
    sex = forms.ChoiceField(
        label="Jenis kelamin", choices=[("m", "Laki-laki"), ("f", "Perempuan")], widget=forms.RadioSelect
    )
    religion = forms.ChoiceField(label="Agama", choices=[("islam", "Islam")])
    is_sure = forms.BooleanField(label="Sudah diperiksa")
    version = forms.IntegerField(widget=forms.HiddenInput)

    fieldsets = (("Identitas", ("name", ("nickname", "religion"), "gone")),)


def squeezed(html: str) -> str:
    return re.sub(r"\s+(?=<)|(?<=>)\s+", "", html)


def field(name: str, data: dict | None = None, **context) -> str:
    return squeezed(render_to_string("forms/_field.html", {"field": Registration(data)[name], **context}))


def test_a_line_has_label_hint_and_control():
    assert field("name") == (
        '<div class="field"><label class="form-label" for="id_name">Nama lengkap</label>'
        '<div class="form-hint" id="id_name_helptext">Seperti pada akta kelahiran.</div>'
        '<input type="text" name="name" class="form-control" required aria-describedby="id_name_helptext" id="id_name">'
        "</div>"
    )


def test_what_may_stay_empty_says_so():
    assert '<span class="optional">(boleh kosong)</span>' in field("nickname")


def test_an_error_stands_above_its_control_and_is_tied_to_it():
    html = field("religion", {"religion": "x"}, css="w-2")
    assert html.startswith('<div class="field has-error w-2"><label class="form-label" for="id_religion">')
    assert '<div class="field-error" id="id_religion_error">' in html
    assert 'class="form-select is-invalid"' in html
    assert 'aria-invalid="true" aria-describedby="id_religion_error"' in html


def test_a_group_of_choices_is_a_fieldset_that_links_can_reach():
    html = field("sex", {"sex": ""})
    assert html.startswith(
        '<fieldset class="field has-error" id="id_sex" tabindex="-1" aria-describedby="id_sex_error">'
        "<legend>Jenis kelamin</legend>"
    )
    assert '<label class="form-check" for="id_sex_0"><input type="radio" name="sex" value="m"' in html


def test_one_box_has_its_words_beside_it():
    assert field("is_sure") == (
        '<div class="field"><label class="form-check" for="id_is_sure">'
        '<input type="checkbox" name="is_sure" class="form-check-input" required id="id_is_sure">'
        "<span>Sudah diperiksa</span></label></div>"
    )


def test_the_summary_links_to_every_field_that_is_wrong():
    form = Registration({"name": "", "sex": "m", "religion": "islam", "is_sure": "on", "version": "x"})
    form.add_error(None, "Belum ada pengantar.")
    html = squeezed(render_to_string("forms/_errors.html", {"form": form}))
    assert re.findall(r"<li>(.*?)</li>", html) == [
        "Belum ada pengantar.",
        '<a href="#id_name">Nama lengkap: Bidang ini tidak boleh kosong.</a>',
        "Masukkan keseluruhan angka bilangan.",
    ]
    assert render_to_string("forms/_errors.html", {"form": Registration()}).strip() == ""


def test_the_summary_speaks_for_formsets_too():
    formset = forms.formset_factory(Registration, extra=1, min_num=1, validate_min=True)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": ""}
    )
    html = render_to_string("forms/_errors.html", {"formset": formset})
    assert "#id_form-0-name" in html


def test_a_form_draws_its_groups_and_loses_no_field():
    html = render_to_string("forms/_form.html", {"form": Registration()})
    names = re.findall(r'name="(\w+)"', html)
    assert names == ["version", "name", "nickname", "religion", "sex", "sex", "is_sure"]
    assert re.findall(r'<span class="h2">(.*?)</span>', html) == ["Identitas"]


def test_next_step_has_one_main_button():
    items = [Row(code=code, text="Belum", due=None, url="/x/", action="Catat") for code in ("C.n", "C.e")]
    html = render_to_string("services/_next_step.html", {"title": "Langkah berikutnya", "items": items})
    assert html.count("btn-primary") == 1
    assert html.count("btn-plain") == 1


def test_the_timeline_heads_each_day_once():
    days = (date(2026, 11, 24), date(2026, 11, 24), date(2026, 11, 20))
    entries = [Row(on=on, at=None, icon="house", code="", title="Sesi", url="", meta="", text="", by="") for on in days]
    html = render_to_string("services/_timeline.html", {"entries": entries})
    assert html.count('class="day"') == 2


def test_the_pager_keeps_the_filter():
    context = {"page": Paginator(range(119), 25).page(2), "what": "kasus", "params": QueryDict("stage=planning&page=2")}
    html = render_to_string("services/_pager.html", context)
    assert "26–50 dari 119 kasus" in html
    assert re.findall(r'href="(.*?)"', html)[:1] == ["?stage=planning&amp;page=1"]


def test_facts_show_a_dash_for_nothing():
    html = squeezed(render_to_string("services/_facts.html", {"facts": [("Umur", 0), ("Wali", ""), ("Asal", None)]}))
    assert re.findall(r"<dd>(.*?)</dd>", html) == ["0", "–", "–"]


def test_the_radar_tells_its_numbers_in_words():
    chart = charts.radar([("Biologis", 3, 4), ("Psikologis", 2, 3), ("Sosial", 2, 4), ("Spiritual", 3, 4)])
    assert (
        chart["title"] == "Awal ke kini, skala 1–5: Biologis 3 ke 4, Psikologis 2 ke 3, Sosial 2 ke 4, Spiritual 3 ke 4"
    )
    assert chart["then"] == "140,57.6 173.6,108 140,141.6 89.6,108"
    assert "140,57.6 173.6,108" in render_to_string("services/_radar.html", {"chart": chart})


def test_the_radar_leaves_out_a_shape_with_a_missing_score():
    chart = charts.radar([("Biologis", 3, None), ("Psikologis", 2, 3), ("Sosial", 2, 4), ("Spiritual", 3, 4)])
    assert chart["now"] == ""
    assert 'class="now"' not in render_to_string("services/_radar.html", {"chart": chart})


def test_the_funnel_is_as_wide_as_its_longest_bar():
    chart = charts.funnel(list(zip(Stage, (9, 12, 8, 54, 9, 1204), strict=True)))
    assert chart["title"] == "Kasus tiap tahap: A 9, B 12, C 8, D 54, E 9, F 1.204"
    assert [row["width"] for row in chart["rows"]] == ["1", "1", "1", "4", "1", "92"]
