"""What every page writes with: icons, codes, dates, numbers and form fields."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField, widgets
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rehsos import formatting

register = template.Library()


def blank_stays_blank(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """A filter that shows nothing where there is nothing."""

    def apply(value: Any) -> str:
        return "" if value is None or value == "" else write(value)

    return apply


register.filter("tanggal", blank_stays_blank(formatting.long_date))
register.filter("tanggal_pendek", blank_stays_blank(formatting.short_date))
register.filter("bulan", blank_stays_blank(formatting.month_and_year))
register.filter("tanggal_hari", blank_stays_blank(formatting.weekday_date))
register.filter("hari", blank_stays_blank(formatting.day_heading))
register.filter("jam", blank_stays_blank(formatting.time_of_day))
register.filter("waktu", blank_stays_blank(formatting.moment))
register.filter("angka", blank_stays_blank(formatting.number))
register.filter("rupiah", blank_stays_blank(formatting.rupiah))
register.filter("jarak", blank_stays_blank(formatting.days_until))
register.filter("lalu", blank_stays_blank(formatting.days_since))
register.filter("inisial", blank_stays_blank(formatting.initials))


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """A picture of the sprite; always beside a word, so it is hidden from screen readers."""
    css = f"ic {extra}".strip()
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>', css, static("icons.svg"), name)


@register.simple_tag
def code(value: str) -> SafeString:
    """The printed code of an activity, before its words."""
    return format_html('<span class="code">{}</span>', value)


@register.simple_tag
def code_link(value: str) -> SafeString:
    """The code of an activity, leading to what the catalogue says about it."""
    return format_html('<a class="code" href="{}#{}">{}</a>', reverse("services:catalogue"), value, value)


@register.simple_tag
def due(value: date | datetime | None) -> str:
    """A due date: late in red with the days, today in brown, later by its date."""
    if value is None:
        return ""
    days = (formatting.local_date(value) - formatting.today()).days
    css = "due due-late" if days < 0 else "due due-today" if days == 0 else "due"
    text = formatting.days_until(value) if days <= 0 else formatting.day_and_month(value)
    return format_html('<span class="{}">{}</span>', css, text)


@register.filter
def shape(field: BoundField) -> str:
    """How a field is drawn: ``check`` (one box), ``choices`` (a group of boxes) or ``line``."""
    widget = field.field.widget
    if isinstance(widget, widgets.CheckboxInput):
        return "check"
    return "choices" if isinstance(widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple) else "line"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The widget of a field with the classes of our forms; Django binds it to its hint and its errors."""
    widget = field.field.widget
    css = "form-control"
    if isinstance(widget, widgets.CheckboxInput):
        css = "form-check-input"
    elif isinstance(widget, widgets.Select):
        css = "form-select"
    names = (widget.attrs.get("class", ""), css, "is-invalid" if field.errors else "")
    return field.as_widget(attrs={"class": " ".join(filter(None, names))})


@register.simple_tag
def problems(*sources: BaseForm | BaseFormSet | str | None) -> list[dict[str, str]]:
    """All that is wrong in these forms and formsets, in words, each with the id of the field to mend."""
    found = []
    for source in filter(None, sources):
        if isinstance(source, BaseFormSet):
            found += [{"id": "", "text": text} for text in source.non_form_errors()]
            found += problems(*source.forms)
            continue
        found += [{"id": "", "text": text} for text in source.non_field_errors()]
        for field in source:
            place, name = ("", "") if field.is_hidden else (field.auto_id, f"{field.label}: ")
            found += [{"id": place, "text": f"{name}{text}"} for text in field.errors]
    return found


@register.simple_tag
def sections(form: BaseForm) -> list[dict[str, Any]]:
    """The fields of a form in the groups its ``fieldsets`` names; a field that no group names comes last.

    ``fieldsets = ((legend, (name, (name, name), …)), …)``: names in a tuple share one row.
    """
    rest = {field.name: field for field in form.visible_fields()}
    groups = []
    for legend, lines in getattr(form, "fieldsets", ()):
        named = [[name] if isinstance(name, str) else name for name in lines]
        rows = [row for names in named if (row := [rest.pop(name) for name in names if name in rest])]
        if rows:
            groups.append({"legend": legend, "rows": rows})
    if rest:
        groups.append({"legend": "", "rows": [[field] for field in rest.values()]})
    return groups
