"""Invented people with names that sound right: surnames agree with gender, patronymics with fathers."""

from random import Random

_MEN = (
    "Александр Алексей Анатолий Андрей Антон Артём Борис Вадим Валерий Василий Виктор Виталий Владимир Владислав Вячеслав "
    "Геннадий Георгий Глеб Григорий Даниил Денис Дмитрий Евгений Егор Иван Игорь Илья Кирилл Константин Леонид Максим Марат "
    "Михаил Никита Николай Олег Павел Пётр Рашид Роман Руслан Семён Сергей Степан Тимур Фёдор Эдуард Юрий Яков"
)
_WOMEN = (
    "Алевтина Александра Алёна Алина Алла Анастасия Анна Антонина Валентина Валерия Варвара Вера Вероника Галина Гульнара "
    "Дарья Диана Екатерина Елена Елизавета Жанна Зинаида Зоя Инна Ирина Карина Кира Клавдия Ксения Лариса Лидия Любовь "
    "Людмила Маргарита Марина Мария Надежда Наталия Наталья Нина Оксана Ольга Полина Раиса Светлана София Тамара Татьяна "
    "Ульяна Юлия Яна"
)
_SURNAMES = (
    "Абросимов Авдеев Агафонов Акимов Алёшин Аникеев Артамонов Астафьев Бабушкин Балашов Баранов Барсуков Безруков Белкин "
    "Беломестных Белых Бережной Блинов Бобров Богатырёв Болдырев Бондаренко Боровик Брагин Будников Булгаков Бурлаков Быстров "
    "Вахрамеев Вдовин Ведерников Вершинин Виноградов Вишневский Волков Воронцов Гаврилюк Галкин Гогиберидзе Голубев Гончар "
    "Горбунов Гордиенко Грачёв Григорян Громов Гусаров Давыдов Дадашев Дементьев Долгих Домбровский Дорохов Дроздов Дубровин "
    "Дурново Евсеев Елисеев Ермаков Жаворонков Желтухин Жуковский Завьялов Зайцев Зимин Золотарёв Зубарев Игнашев Ильин "
    "Исаков Кабанов Казанцев Калачёв Каменский Карасёв Карпенко Касьянов Ким Кириллов Клименко Князев Ковалёв Коваленко "
    "Козырев Колесник Комаров Кондратюк Копылов Корнеев Коровин Костин Кравченко Красильников Крылов Кудрявцев Кузьмин "
    "Лавров Лаптев Лебединский Ли Литвиненко Лобанов Логинов Лукьянов Маврин Мазур Макаров Малахов Мамедов Мартынюк Матвеев "
    "Медведев Мелентьев Мицкевич Мохов Мухин Назаренко Наумов Неклюдов Нестеров Нечаев Никонов Носков Овсянников Одинцов "
    "Окунев Орехов Осипов Островский Павленко Панкратов Пахомов Пермяков Петренко Пивоваров Плотников Погорелов Поздняков "
    "Поляков Пономаренко Прохоров Пугачёв Пушкарёв Рогов Родионов Романюк Рудаков Румянцев Рыбаков Саакян Савельев Садовский "
    "Самойлов Сафронов Светлов Седых Селезнёв Семакин Сидоренко Скворцов Смирнов Снегирёв Соболев Соловьёв Сорокин Стрельников "
    "Суворов Сухоруков Сычёв Тарасенко Терентьев Тетерин Тимошенко Тихомиров Толстой Трофимычев Туманов Тюрин Уваров Усольцев "
    "Фадеев Филатов Фомин Хлебников Холодный Хомутов Цветков Цой Чайковский Черных Чернышёв Чистяков Шаповалов Шевченко "
    "Шилов Ширяев Шорохов Шубин Щеглов Щукин Юрлов Юсупов Яковлев Яхонтов"
)
MEN, WOMEN, SURNAMES = _MEN.split(), _WOMEN.split(), _SURNAMES.split()
_ENDINGS_WITH_A = ("ов", "ев", "ёв", "ин", "ын")
_IRREGULAR = {
    "Илья": ("Ильич", "Ильинична"),
    "Никита": ("Никитич", "Никитична"),
    "Михаил": ("Михайлович", "Михайловна"),
    "Пётр": ("Петрович", "Петровна"),
    "Павел": ("Павлович", "Павловна"),
    "Яков": ("Яковлевич", "Яковлевна"),
    "Семён": ("Семёнович", "Семёновна"),
}


def feminine(surname: str) -> str:
    """The surname a woman of the family bears: `Щеглов` -> `Щеглова`, `Каменский` -> `Каменская`, `Черных` stays."""
    if surname.endswith(_ENDINGS_WITH_A):
        return surname + "а"
    if surname.endswith(("ский", "цкий", "ой", "ый")) and surname != "Цой":
        return surname[:-2] + "ая"
    return surname


def patronymic(father: str, woman: bool) -> str:
    """`Сергей` -> `Сергеевич` or `Сергеевна`."""
    if father in _IRREGULAR:
        return _IRREGULAR[father][woman]
    if father.endswith("ий"):
        stem = father[:-2] + ("ь" if father not in ("Дмитрий", "Юрий", "Георгий") else "и")
        return stem + ("евна" if woman else "евич")
    if father.endswith(("й", "ь")):
        return father[:-1] + ("евна" if woman else "евич")
    return father + ("овна" if woman else "ович")


def full_name(rng: Random, surname: str | None = None) -> str:
    """Surname, name and patronymic of an invented person; of the family when a (masculine) surname is given."""
    family = surname or rng.choice(SURNAMES)
    woman = rng.random() < 0.57
    if woman:
        return f"{feminine(family)} {rng.choice(WOMEN)} {patronymic(rng.choice(MEN), True)}"
    return f"{family} {rng.choice(MEN)} {patronymic(rng.choice(MEN), False)}"


def initials(name: str) -> str:
    """`Щеглов Иван Петрович` -> `Щеглов И.П.`; names of organisations stay."""
    parts = name.split()
    if len(parts) != 3 or not all(part[:1].isupper() for part in parts) or "«" in name:
        return name
    return f"{parts[0]} {parts[1][0]}.{parts[2][0]}."


_SOFT = {"Пётр": "Петра", "Павел": "Павла", "Лев": "Льва", "Любовь": "Любови"}
_HISSING = tuple("гкхжчшщ")


def genitive(name: str) -> str:
    """`Щеглова Анна Петровна` -> `Щегловой Анны Петровны`: how bailiffs bend a debtor's name. Rules of school, no library."""
    parts = name.split()
    if len(parts) != 3:
        return name
    woman = parts[2].endswith("на")
    return " ".join((_surname_of(parts[0], woman), _first_of(parts[1]), parts[2][:-1] + "ы" if woman else parts[2] + "а"))


def _surname_of(surname: str, woman: bool) -> str:
    if woman:
        if surname.endswith(("ова", "ева", "ёва", "ина", "ына")):
            return surname[:-1] + "ой"
        return surname[:-2] + "ой" if surname.endswith("ая") else surname
    if surname.endswith(("ский", "цкий")):
        return surname[:-2] + "ого"
    if surname.endswith(("ный", "ной", "той")):
        return surname[:-2] + "ого"
    if surname.endswith("й"):
        return surname[:-1] + "я"
    if surname.endswith(("их", "ых")) or surname[-1] in "аеиоуыэюя":
        return surname
    return surname + "а"


def _first_of(first: str) -> str:
    if first in _SOFT:
        return _SOFT[first]
    if first.endswith("а"):
        return first[:-1] + ("и" if first[-2] in _HISSING else "ы")
    if first.endswith("я"):
        return first[:-1] + "и"
    return first[:-1] + "я" if first[-1] in "йь" else first + "а"
