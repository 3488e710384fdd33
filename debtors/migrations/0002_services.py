"""The services of a utility bill and the names that registers call them by."""

from django.db import migrations

SERVICES = [
    # id, code, name, resource, penalty, pool, names in registers (folded)
    (0, "pool", "Не разнесено по услугам", "other", False, True, []),
    (1, "heating", "Отопление", "heating", False, False, ["отопление", "тепло", "теплоснабжение", "тепловая энергия", "теплоэнергия", "отопление жилых помещений"]),
    (2, "hot_water", "Горячее водоснабжение", "heating", False, False, ["горячее водоснабжение", "гвс", "горячая вода", "подогрев воды", "подогрев", "гор. вода", "горячее водоснабжение (энергия)"]),
    (3, "cold_water", "Холодное водоснабжение", "water", False, False, ["холодное водоснабжение", "хвс", "холодная вода", "водоснабжение", "хол. вода", "вода", "водоснабжение и водоотведение"]),
    (4, "sewerage", "Водоотведение", "water", False, False, ["водоотведение", "канализация", "водоотв.", "стоки", "отведение сточных вод"]),
    (5, "electricity", "Электроснабжение", "electricity", False, False, ["электроснабжение", "электроэнергия", "электричество", "эл. энергия", "свет", "э/э"]),
    (6, "gas", "Газоснабжение", "gas", False, False, ["газоснабжение", "газ", "природный газ"]),
    (7, "maintenance", "Содержание и ремонт жилья", "housing", False, False, ["содержание и ремонт", "содержание и ремонт жилья", "содержание жилья", "содержание", "содержание помещения", "содержание жилого помещения", "сод. и ремонт", "текущий ремонт", "управление мкд", "содержание общего имущества"]),
    (8, "capital_repair", "Капитальный ремонт", "capital_repair", False, False, ["капитальный ремонт", "капремонт", "взнос на капитальный ремонт", "кап. ремонт"]),
    (9, "waste", "Обращение с ТКО", "other", False, False, ["обращение с тко", "тко", "вывоз мусора", "вывоз тко", "вывоз тбо", "обращение с твердыми коммунальными отходами"]),
    (10, "all", "ЖКУ без разбивки", "other", False, False, ["жку", "жилищно-коммунальные услуги", "все услуги", "коммунальные услуги", "итого жку"]),
    (11, "rent", "Плата за наём", "housing", False, False, ["наем", "плата за наем", "найм", "социальный наем"]),
    (90, "penalty", "Пени", "other", True, False, ["пени", "пеня", "неустойка", "пени за просрочку"]),
    (91, "court_costs", "Судебные расходы", "other", True, False, ["судебные расходы", "госпошлина", "государственная пошлина"]),
]


def fill(apps, schema_editor):
    Service, Alias = apps.get_model("debtors", "Service"), apps.get_model("debtors", "ServiceAlias")
    for position, (pk, code, name, resource, penalty, pool, names) in enumerate(SERVICES):
        service = Service.objects.create(id=pk, code=code, name=name, resource=resource, is_penalty=penalty, is_pool=pool, position=position)
        Alias.objects.bulk_create(Alias(creditor=None, key=key, service=service) for key in names)


class Migration(migrations.Migration):
    dependencies = [("debtors", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
