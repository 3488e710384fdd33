"""Forms of people and roles."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Role

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RoleForm(forms.Form):
    """A role in an organisation from a day."""

    organisation = forms.ModelChoiceField(Organisation.objects.all(), label=_("Организация"))
    role = forms.ChoiceField(choices=Role.choices, label=_("Роль"))
    valid_from = forms.DateField(label=_("С какого дня"), widget=DAY)
    valid_to = forms.DateField(label=_("По какой день не включая"), widget=DAY, required=False, help_text=_("Пусто: без срока"))

    def clean(self):
        given = super().clean()
        since, until = given.get("valid_from"), given.get("valid_to")
        if since and until and until <= since:
            self.add_error("valid_to", _("Конец должен быть позже начала."))
        return given


class NamesForm(forms.ModelForm):
    """How a person is called."""

    class Meta:
        model = User
        fields = ["last_name", "first_name", "patronymic", "email"]
        labels = {"last_name": _("Фамилия"), "first_name": _("Имя"), "email": _("Почта")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last_name"].required = True


class NewPersonForm(NamesForm):
    """A new person and their first role."""

    organisation = forms.ModelChoiceField(Organisation.objects.all(), label=_("Организация"))
    role = forms.ChoiceField(choices=Role.choices, label=_("Роль"))
    valid_from = forms.DateField(label=_("С какого дня"), widget=DAY)

    class Meta(NamesForm.Meta):
        fields = ["username", *NamesForm.Meta.fields]
        labels = {"username": _("Имя для входа"), **NamesForm.Meta.labels}
        help_texts = {"username": _("Латинские буквы и цифры; по нему человек входит")}

    @property
    def names(self) -> dict:
        return {field: self.cleaned_data[field] for field in self._meta.fields}


class EndRoleForm(forms.Form):
    """The day from which a role is over."""

    on = forms.DateField(label=_("С какого дня роли больше нет"), widget=DAY)


class KeyForm(forms.Form):
    """Whose program a key is for."""

    name = forms.CharField(label=_("Для какой программы"), max_length=80)
