"""One form per calculator. `to_input` gives the JSON object that the calculator takes; empty fields are left out."""

from typing import Any

from django import forms

from casedesk.desk.calculator_fields import (
    AmountField,
    DayField,
    FlagField,
    KopecksField,
    MonthField,
    MovementsField,
    PercentField,
    WordField,
    choice,
)
from casedesk.norms.calculators.payment_qr import ENCODINGS

LADDERS = [
    ("housing_155_14", "Жильё и услуги: собственники и наниматели (ЖК 155 ч. 14)"),
    ("caprepair_155_14_1", "Взносы на капремонт (ЖК 155 ч. 14.1)"),
    ("rso_other", "Прочие потребители перед РСО: 1/130"),
    ("rso_tsj", "ТСЖ и ЖСК перед РСО"),
    ("rso_uo", "Управляющая организация перед РСО"),
    ("flat_1_300", "Договор: 1/300 ставки"),
    ("flat_2_300", "Договор: 2/300 ставки"),
    ("flat_1_150", "1/150 ставки"),
    ("contract_daily", "Договор: процент в день"),
    ("gk395", "Проценты по ст. 395 ГК"),
]
MODES = [("payment_day", "на день оплаты или расчёта"), ("per_day", "каждого дня просрочки"), ("fixed", "своя")]
GROUNDS = [
    ("", "—"),
    ("46.1.3", "ст. 46 ч. 1 п. 3: должник или имущество не найдены"),
    ("46.1.4", "ст. 46 ч. 1 п. 4: нет имущества"),
    ("46.1.2", "ст. 46 ч. 1 п. 2"),
    ("46.1.1", "ст. 46 ч. 1 п. 1"),
    ("46.1.5", "ст. 46 ч. 1 п. 5"),
    ("46.1.6", "ст. 46 ч. 1 п. 6: взыскатель мешал"),
    ("withdrawn", "отозван взыскателем"),
    ("executed", "исполнен"),
]
SERVICES = [
    ("electricity", "электроэнергия"),
    ("gas", "газ"),
    ("hot_water", "горячая вода"),
    ("wastewater", "водоотведение"),
    ("heating", "отопление"),
    ("cold_water", "холодная вода"),
]
TERMS = [
    ("objections", "возражения должника на приказ"),
    ("order_issue", "вынесение приказа"),
    ("order_copy", "копия приказа должнику"),
    ("cancellation_copy", "копия определения об отмене"),
    ("acceptance", "принятие иска к производству"),
    ("hearing", "рассмотрение дела судом"),
    ("private_complaint", "частная жалоба на определение"),
    ("appeal", "апелляционная жалоба, вступление решения в силу"),
    ("default_review", "отмена заочного решения"),
    ("lawsuit_after_order", "иск после отмены приказа (не меньше)"),
    ("duplicate", "дубликат утраченного документа"),
    ("pretrial", "ответ на претензию"),
    ("opening", "возбуждение производства"),
    ("voluntary", "добровольное исполнение"),
    ("proceeding", "исполнительные действия"),
    ("ruling_copy", "копия постановления пристава"),
    ("transfer", "перечисление взысканного"),
    ("complaint", "жалоба на пристава"),
    ("complaint_answer", "ответ на жалобу"),
]


class CalculatorForm(forms.Form):
    """The base: field names are the calculator's keys, save where `to_input` says otherwise."""

    use_required_attribute = False

    def to_input(self) -> dict[str, Any]:
        return {key: value for key, value in self.cleaned_data.items() if value not in (None, "")}


class DueDateForm(CalculatorForm):
    billing_month = MonthField(label="Расчётный месяц")
    contract_day = forms.IntegerField(
        label="День по договору", required=False, help_text="Только для месяцев до января 2026 года"
    )


class StartForm(CalculatorForm):
    """For calculators whose key is `from`, a word of Python."""

    def to_input(self) -> dict[str, Any]:
        given = super().to_input()
        return {"from": given.pop("start"), **given} if "start" in given else given


class WorkingDaysForm(StartForm):
    start = DayField(label="День, после которого идёт срок")
    add = forms.IntegerField(label="Рабочих дней", initial=5)


class ProceduralTermsForm(StartForm):
    term = choice("Срок", TERMS)
    start = DayField(label="День, после которого он идёт", help_text="Получение приказа, поступление документа, вынесение")
    as_of = DayField(label="На день", required=False)


class PenaltyForm(StartForm):
    principal = AmountField(label="Основной долг, ₽")
    ladder = choice("Кто и за что", LADDERS)
    billing_month = MonthField(label="Расчётный месяц", required=False, help_text="Срок оплаты найдётся сам")
    due_date = DayField(label="или срок оплаты", required=False)
    start = DayField(label="или первый день (ст. 395)", required=False)
    through = DayField(label="По день включительно")
    payments = MovementsField(label="Оплаты")
    rate_mode = choice("Ставка", MODES)
    rate = PercentField(label="Своя ставка, %", required=False)
    moratoria = choice("Моратории", [("norms", "по нормам"), ("none", "не применять")])
    rate_cap = choice("Предел 9,5 %", [("norms", "по нормам"), ("none", "не применять")])
    new_balance = FlagField(label="День оплаты считать на новый остаток")

    def to_input(self) -> dict[str, Any]:
        given = super().to_input()
        new_balance = given.pop("new_balance", False)
        if given.pop("moratoria") == "none":
            given["moratoria"] = []
        if given.pop("rate_cap") == "none":
            given["rate_cap"] = None
        return given | ({"payment_day_on_old_balance": False} if new_balance else {})


class StateDutyForm(CalculatorForm):
    amount = AmountField(label="Цена иска, ₽", help_text="Основной долг и пени")
    court = choice("Суд", [("general", "общей юрисдикции, мировой"), ("arbitrazh", "арбитражный")])
    kind = choice("Обращение", [("order", "судебный приказ"), ("claim", "иск")])
    filed = DayField(label="День подачи")
    order_fee_paid = AmountField(label="Уплачено за отменённый приказ, ₽", required=False)
    keep_kopecks = FlagField(label="Не округлять до рубля")

    def to_input(self) -> dict[str, Any]:
        given = super().to_input()
        return given | ({"round": False} if given.pop("keep_kopecks", False) else {})


class EnforcementFeeForm(CalculatorForm):
    amount = AmountField(label="К взысканию, ₽", help_text="Первоначальная сумма, а не остаток")
    debtor = choice("Должник", [("citizen", "гражданин"), ("entrepreneur", "предприниматель"), ("organisation", "организация")])
    on = DayField(label="День возбуждения")


class LimitationForm(CalculatorForm):
    billing_month = MonthField(label="Расчётный месяц", required=False)
    due_date = DayField(label="или срок оплаты", required=False)
    order_filed = DayField(label="Заявление о приказе подано", required=False)
    order_cancelled = DayField(label="Приказ отменён", required=False)
    claim_filed = DayField(label="Иск подан", required=False)
    acknowledged = DayField(label="Долг признан", required=False)
    written = FlagField(label="Признание письменное")
    as_of = DayField(label="На день", required=False)

    def to_input(self) -> dict[str, Any]:
        given = super().to_input()
        written = given.pop("written", False)
        kinds = ("order_filed", "order_cancelled", "claim_filed", "acknowledged")
        events = [{"kind": kind, "on": given.pop(kind)} for kind in kinds if kind in given]
        for event in events:
            if event["kind"] == "acknowledged":
                event["written"] = written
        return given | ({"events": events} if events else {})


class PresentationForm(CalculatorForm):
    kind = choice("Документ", [("court_order", "судебный приказ"), ("execution_writ", "исполнительный лист")])
    term_starts = DayField(label="Начало срока", help_text="Приказ: день выдачи; лист: вступление акта в силу")
    presented_1 = DayField(label="Предъявлен", required=False)
    ended_1 = DayField(label="Производство окончено", required=False)
    ground_1 = choice("Основание", GROUNDS, required=False)
    resolution_sent_1 = DayField(label="Постановление отправлено", required=False)
    presented_2 = DayField(label="Предъявлен повторно", required=False)
    ended_2 = DayField(label="Окончено повторно", required=False)
    ground_2 = choice("Основание повторно", GROUNDS, required=False)
    resolution_sent_2 = DayField(label="Отправлено повторно", required=False)

    def to_input(self) -> dict[str, Any]:
        given = super().to_input()
        stays = []
        for number in ("1", "2"):
            keys = ("presented", "ended", "ground", "resolution_sent")
            stay = {key: given.pop(f"{key}_{number}") for key in keys if f"{key}_{number}" in given}
            if stay:
                stays.append(stay)
        return given | ({"presentations": stays} if stays else {})


class TravelBanForm(CalculatorForm):
    amount = AmountField(label="Долг по документу, ₽")
    claim = choice("Требование", [("general", "обычное"), ("special", "алименты, вред здоровью, потеря кормильца")])
    voluntary_term_ended = DayField(label="Срок добровольного исполнения истёк")
    as_of = DayField(label="На день")


class ServiceRestrictionForm(CalculatorForm):
    debt = AmountField(label="Долг по услуге, ₽")
    monthly_payment = AmountField(label="Месячная плата по нормативу, ₽")
    service = choice("Услуга", SERVICES)
    as_of = DayField(label="На день")
    warned_on = DayField(label="Предупреждение вручено", required=False)
    limited_on = DayField(label="Ограничена", required=False)
    paid_on = DayField(label="Долг оплачен", required=False)
    has_agreement = FlagField(label="Есть соглашение о погашении")
    cannot_be_limited = FlagField(label="Ограничить технически нельзя")

    def to_input(self) -> dict[str, Any]:
        given = super().to_input()
        return given | {"can_be_limited": not given.pop("cannot_be_limited", False)}


class PaymentQrForm(CalculatorForm):
    Name = WordField(label="Получатель")
    PersonalAcc = WordField(label="Расчётный счёт")
    BankName = WordField(label="Банк")
    BIC = WordField(label="БИК")
    CorrespAcc = WordField(label="Корреспондентский счёт", help_text="Если его нет, впишите 0")
    PayeeINN = WordField(label="ИНН получателя", required=False)
    Sum = KopecksField(label="Сумма, ₽", required=False)
    Purpose = WordField(label="Назначение", required=False)
    PersAcc = WordField(label="Лицевой счёт", required=False)
    PaymPeriod = WordField(label="Период, ММГГГГ", required=False)
    LastName = WordField(label="Фамилия плательщика", required=False)
    PayerAddress = WordField(label="Адрес плательщика", required=False)
    encoding = choice("Кодировка", [(name, name) for name in sorted(ENCODINGS, reverse=True)])

    def to_input(self) -> dict[str, Any]:
        given = super().to_input()
        return {"encoding": given.pop("encoding"), "fields": [[name, value] for name, value in given.items()]}


FORMS: dict[str, type[CalculatorForm]] = {
    "due_date": DueDateForm,
    "working_days": WorkingDaysForm,
    "penalty": PenaltyForm,
    "state_duty": StateDutyForm,
    "limitation": LimitationForm,
    "presentation": PresentationForm,
    "procedural_terms": ProceduralTermsForm,
    "travel_ban": TravelBanForm,
    "service_restriction": ServiceRestrictionForm,
    "enforcement_fee": EnforcementFeeForm,
    "payment_qr": PaymentQrForm,
}
