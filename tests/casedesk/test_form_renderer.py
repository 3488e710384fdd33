"""Controls that are put together without a template are what Django's templates would print."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy

from casedesk.common.form_renderer import Renderer

CHOICES = [("", "любой"), ("a&b", "А <и> Б"), ("Группа", [("1", "первый"), (2, gettext_lazy("Таблица"))])]


class Everything(forms.Form):
    text = forms.CharField(max_length=5, help_text="пять", initial='"a" & <b>')
    search = forms.CharField(widget=forms.TextInput(attrs={"type": "search", "placeholder": "ключ="}))
    number = forms.IntegerField(min_value=0, required=False, initial=0)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), disabled=True)
    tick = forms.BooleanField(required=False, initial=True)
    unticked = forms.BooleanField(required=False)
    secret = forms.CharField(widget=forms.PasswordInput)
    hidden = forms.CharField(widget=forms.HiddenInput, initial="x'y")
    upload = forms.FileField()
    one = forms.ChoiceField(choices=CHOICES, initial="a&b")
    many = forms.MultipleChoiceField(choices=CHOICES, initial=["1", "2"], widget=forms.SelectMultiple)
    unknown = forms.NullBooleanField()


def shape(html: str) -> str:
    """The markup without the white space between tags."""
    return re.sub(r">\s+<", "><", html.strip())


@pytest.mark.parametrize("name", Everything.base_fields)
@pytest.mark.parametrize("data", [None, {"text": "слишком длинно", "one": "1", "number": "-1"}])
def test_a_control_is_what_django_prints(name, data):
    ours, theirs = (str(Everything(data, renderer=renderer)[name]) for renderer in (Renderer(), DjangoTemplates()))
    assert shape(ours) == shape(theirs)
