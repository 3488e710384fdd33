"""Inputs and selects as text put together here: a list with fourteen filters asks Django's templates for 190 pieces otherwise.

Everything else goes to Django's own templates; a test compares the two, control by control.
"""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString, mark_safe

from casedesk.common.cells import escaped

INPUTS = frozenset(
    f"django/forms/widgets/{kind}.html"
    for kind in ("input", "text", "number", "email", "password", "hidden", "date", "checkbox", "file")
)
SELECT = "django/forms/widgets/select.html"


class Renderer(DjangoTemplates):
    """Django's form renderer with a short cut for the controls that pages are full of."""

    def render(self, template_name: str, context: Mapping[str, Any], request=None) -> str:
        if template_name in INPUTS:
            return _input(context["widget"])
        if template_name == SELECT:
            return _select(context["widget"])
        return super().render(template_name, context, request)


def _attributes(attrs: Mapping[str, Any]) -> str:
    said = (f" {name}" if value is True else f' {name}="{escaped(value)}"' for name, value in _given(attrs))
    return "".join(said)


def _given(attrs: Mapping[str, Any]):
    return ((name, value) for name, value in attrs.items() if value is not False)


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else f' value="{escaped(widget["value"])}"'
    name = escaped(widget["name"])
    return mark_safe(f'<input type="{widget["type"]}" name="{name}"{value}{_attributes(widget["attrs"])}>')


def _select(widget: Mapping[str, Any]) -> SafeString:
    parts = [f'<select name="{escaped(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _ in widget["optgroups"]:
        if group:
            parts.append(f'<optgroup label="{escaped(group)}">')
        parts.extend(_option(option) for option in options)
        if group:
            parts.append("</optgroup>")
    parts.append("</select>")
    return mark_safe("".join(parts))


def _option(option: Mapping[str, Any]) -> str:
    value, label = escaped(option["value"]), escaped(option["label"])
    return f'<option value="{value}"{_attributes(option["attrs"])}>{label}</option>'
