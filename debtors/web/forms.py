"""Forms of premises. They check shape and turn text into values; actions decide and save."""

from django import forms

from debtors.models import Tenure


class TenureForm(forms.Form):
    """A new period of tenure."""

    tenure = forms.ChoiceField(choices=Tenure, label="Вид пользования")
    valid_from = forms.DateField(label="С какого дня", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    basis = forms.CharField(label="Основание", max_length=300, help_text="Договор, постановление, акт: номер и дата")
