"""Forms of the commission's screens: shape only."""

from django import forms
from django.utils import timezone

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Role
from casedesk.access.scope import scope_of
from casedesk.commission.models import AgendaRule, AppointmentOrder, Commission, Meeting, Regulations, Seat, Summons
from casedesk.commission.rules.decision_kinds import KIND_NAMES
from casedesk.commission.rules.words import CAME_NAMES, OFFICE_NAMES, choices
from casedesk.common.filters import RoublesField
from debtors.models import PreTrialNotice

DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


def day_field(label: str, **options) -> forms.DateField:
    return forms.DateField(label=label, **DAY, **options)


def today() -> str:
    return timezone.localdate().isoformat()


class Dated(forms.ModelForm):
    """A model form whose days have the browser's calendar."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CommissionForm(Dated):
    """A new commission of a municipality."""

    class Meta:
        model = Commission
        fields = ["municipality", "name", "act", "valid_from"]
        labels = {"municipality": "Муниципалитет"}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        scope, halls = scope_of(user), Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY)
        self.fields["municipality"].queryset = halls if scope.everything else halls.filter(territory__in=scope.territories)


class SeatForm(Dated):
    """Somebody in the composition."""

    class Meta:
        model = Seat
        fields = ["part", "office", "organisation", "post", "name", "user", "has_vote", "valid_from", "act"]

    def __init__(self, *args, commission: Commission, **kwargs):
        super().__init__(*args, **kwargs)
        roles = (Role.COMMISSION_MEMBER, Role.COMMISSION_SECRETARY)
        people = User.objects.filter(memberships__organisation=commission.municipality, memberships__role__in=roles)
        self.fields["user"].queryset = people.distinct().order_by("last_name", "pk")
        self.fields["user"].empty_label = "без входа"


class EndForm(forms.Form):
    on = day_field("Последний день полномочий", initial=today)


class RegulationsForm(Dated):
    """A version of the regulations."""

    required_offices = forms.MultipleChoiceField(
        label="Кто должен войти в состав",
        choices=choices(OFFICE_NAMES),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Regulations
        fields = ["valid_from", "act", "rhythm", "meeting_day", "quorum_num", "quorum_den", "majority_of", "casting_vote"]
        fields += ["representatives", "summons_days", "signing_days", "required_offices"]
        fields += ["names_shown", "addresses_shown", "accounts_shown"]

    def clean(self):
        given = super().clean()
        num, den = given.get("quorum_num"), given.get("quorum_den")
        if num and den and num > den:
            self.add_error("quorum_num", "Кворум не может быть больше всего состава: числитель не больше знаменателя.")
        return given


class AgendaRuleForm(Dated):
    """A version of the rule that fills agendas."""

    months_x100 = forms.DecimalField(label="Долг от, мес. начислений", min_value=0, max_digits=5, decimal_places=2)
    overdue = RoublesField(label="Просрочено от, ₽")

    class Meta:
        model = AgendaRule
        fields = [
            "valid_from",
            "months_x100",
            "overdue",
            "without_agreement",
            "without_hold",
            "warned",
            "population",
            "rest_days",
        ]

    def clean_months_x100(self) -> int:
        return int(self.cleaned_data["months_x100"] * 100)


class YearForm(forms.Form):
    year = forms.IntegerField(label="Год", min_value=2015, max_value=2100)
    place = forms.CharField(label="Место", max_length=300, required=False)


class MeetingForm(Dated):
    """A meeting of the plan."""

    class Meta:
        model = Meeting
        fields = ["planned_on", "time", "place", "group", "topic", "guests"]
        labels = {"group": "Рабочая группа"}

    def __init__(self, *args, commission: Commission, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = commission.groups.filter(valid_to__isnull=True)
        self.fields["group"].empty_label = "нет, вся комиссия"


class GroupForm(forms.Form):
    """A working group."""

    name = forms.CharField(label="Название", max_length=200)
    purpose = forms.CharField(label="Задача", max_length=500)
    lead = forms.ModelChoiceField(Seat.objects.none(), label="Руководитель", empty_label=None)
    members = forms.ModelMultipleChoiceField(
        Seat.objects.none(), label="Участники", required=False, widget=forms.CheckboxSelectMultiple
    )
    on = day_field("С", initial=today)

    def __init__(self, *args, commission: Commission, **kwargs):
        super().__init__(*args, **kwargs)
        seats = Seat.objects.filter(commission=commission).on(timezone.localdate())
        self.fields["lead"].queryset = self.fields["members"].queryset = seats


class AppointmentForm(Dated):
    """An order that appoints somebody."""

    class Meta:
        model = AppointmentOrder
        fields = ["organisation", "name", "post", "order", "ordered_on", "valid_to"]


class AddForm(forms.Form):
    """A case by its account."""

    creditor = forms.ModelChoiceField(Organisation.objects.none(), label="Взыскатель", empty_label=None)
    number = forms.CharField(label="Лицевой счёт", max_length=40)
    reason = forms.CharField(label="Почему", max_length=500)

    def __init__(self, *args, commission: Commission, **kwargs):
        super().__init__(*args, **kwargs)
        found = Organisation.objects.filter(kind=Organisation.Kind.CREDITOR, territory=commission.municipality.territory_id)
        self.fields["creditor"].queryset = found


class SendForm(forms.Form):
    channel = forms.ChoiceField(label="Как отправлены", choices=PreTrialNotice.Channel.choices)
    sent_on = day_field("День", initial=today)


class DeliveryForm(Dated):
    """What came of an invitation."""

    class Meta:
        model = Summons
        fields = ["result", "served_on", "served_to", "proof"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("result", "served_on", "proof"):
            self.fields[name].required = True


class WhyForm(forms.Form):
    reason = forms.CharField(label="Почему", max_length=300)


class OpenForm(forms.Form):
    """Who keeps the minutes when the secretary is away."""

    kept_by_seat = forms.ModelChoiceField(Seat.objects.none(), label="Протокол ведёт", required=False, empty_label="секретарь")

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        here = Seat.objects.filter(attendance__meeting=meeting, attendance__presence="present")
        self.fields["kept_by_seat"].queryset = here.exclude(part="chair")


class HearForm(forms.Form):
    came = forms.ChoiceField(label="Должник", choices=choices(CAME_NAMES), widget=forms.RadioSelect)
    heard = forms.CharField(label="Что сказано", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ProposeForm(forms.Form):
    """A decision to vote on."""

    kind = forms.ChoiceField(label="Решение", choices=choices(KIND_NAMES))
    due_on = day_field("Срок", required=False, help_text="Пусто: обычный срок этого решения")
    addressee = forms.CharField(label="Куда передать", max_length=300, required=False, help_text="Для соцзащиты и надзора")
    responsible = forms.ModelChoiceField(
        Organisation.objects.none(), label="Исполняет", required=False, empty_label="взыскатель по делу"
    )
    text = forms.CharField(label="Подробности", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        land = meeting.commission.municipality.territory_id
        self.fields["responsible"].queryset = Organisation.objects.filter(territory=land)


class DoneForm(forms.Form):
    note = forms.CharField(label="Что сделано", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ProposeCaseForm(forms.Form):
    """A creditor's wish to hear a case."""

    commission = forms.ModelChoiceField(Commission.objects.none(), label="Комиссия", empty_label=None)
    reason = forms.CharField(label="Почему", max_length=500)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["commission"].queryset = Commission.objects.visible_to(user)
