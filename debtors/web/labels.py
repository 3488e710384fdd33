"""What people call the fields of accounts, premises and liabilities: for histories and forms."""

ACCOUNT = {
    "number": "Номер",
    "premises": "Помещение",
    "category": "Группа потребителей",
    "holder_name": "Владелец счёта",
    "address_text": "Адрес в реестре",
    "unified_number": "Единый лицевой счёт",
    "gis_id": "Идентификатор ЖКУ",
    "opened_on": "Открыт",
    "closed_on": "Закрыт",
    "creditor": "Взыскатель",
}
LIABILITY = {
    "debtor": "Кто отвечает",
    "kind": "Как отвечает",
    "ground": "Основание",
    "share_num": "Доля, числитель",
    "share_den": "Доля, знаменатель",
    "valid_from": "С",
    "valid_to": "По",
}
DEBTOR = {
    "kind": "Кто это",
    "name": "Имя",
    "birth_date": "Дата рождения",
    "birth_place": "Место рождения",
    "snils": "СНИЛС",
    "inn": "ИНН",
    "document": "Документ",
    "phone": "Телефон",
    "email": "Почта",
}
PREMISES = {
    "house": "Дом",
    "number": "Номер",
    "kind": "Вид",
    "area_x100": "Площадь, сотые м²",
    "tenure": "Вид пользования",
}
CASE = {"officer": "Ответственный", "is_open": "Открыто", "closed_on": "Закрыто", "close_reason": "Почему закрыто"}
HOLD = {
    "kind": "Основание",
    "reason": "Обстоятельства",
    "valid_from": "С",
    "valid_to": "До",
    "lifted_on": "Снята",
    "lift_reason": "Почему снята",
}
NOTE = {"text": "Текст", "is_pinned": "Закреплена"}
NOTICE = {"state": "Состояние", "channel": "Как вручено", "sent_on": "Вручено", "waiting_until": "Ждём до"}
