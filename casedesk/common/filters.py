"""Filters that lists share: search by folded words, amounts typed in roubles, billing months."""

import django_filters
from django import forms
from django.db.models import Q

from casedesk.common import money, months
from casedesk.common.text import fold


class RoublesField(forms.CharField):
    """Text of an amount in roubles -> kopecks. An initial value in kopecks is shown as people write it: `1234,56`."""

    def prepare_value(self, value):
        return money.text(value).replace(".", ",") if isinstance(value, int) else value

    def to_python(self, value):
        value = super().to_python(value)
        if value in self.empty_values:
            return None
        try:
            return money.kopecks(value)
        except money.NotMoney as fault:
            raise forms.ValidationError(str(fault)) from fault

    def widget_attrs(self, widget):
        return {"inputmode": "decimal", "autocomplete": "off"}


class BillingMonthField(forms.CharField):
    """`2024-05`, as the browser's month control sends it -> billing month."""

    widget = forms.TextInput(attrs={"type": "month"})

    def to_python(self, value):
        value = super().to_python(value)
        if value in self.empty_values:
            return None
        try:
            return months.parse(value)
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from fault


class RoublesFilter(django_filters.Filter):
    """Compare a kopeck column with an amount that the person types in roubles."""

    field_class = RoublesField


class MonthFilter(django_filters.Filter):
    """Compare a month column with a chosen month."""

    field_class = BillingMonthField


class DayFilter(django_filters.DateFilter):
    """A day, with the browser's own calendar."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(*args, **kwargs)


class SearchFilter(django_filters.CharFilter):
    """Every word must occur in the stored search column; case, ё and Latin look-alikes do not matter.

    `field_name` is the column that holds `casedesk.common.text.search_key`.
    """

    def __init__(self, *args, placeholder: str = "", **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "search", "placeholder": placeholder}))
        super().__init__(*args, **kwargs)

    def filter(self, qs, value):
        words = Q()
        for word in fold(value or "").split():
            words &= Q(**{f"{self.field_name}__contains": word})
        return qs.filter(words) if words else qs
