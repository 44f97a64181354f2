"""The tile of a stage; a builtin of the template engine, so pages need not load it."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.enums import Stage

register = template.Library()


@register.simple_tag
def stage_tag(stage: Stage | str) -> SafeString:
    """Letter and name of a stage, in its dip of indigo."""
    member = Stage(stage)
    return format_html(
        '<span class="stage st-{}"><i>{}</i>{}</span>', member.letter.lower(), member.letter, member.label
    )
