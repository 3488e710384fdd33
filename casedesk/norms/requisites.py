"""Control digits of bank requisites and ИНН. A wrong digit is a doubt to show, not a refusal: demo data often fails it."""

ACCOUNT_WEIGHTS = (7, 1, 3) * 8
INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
INN_11 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
INN_12 = (3, *INN_11)


def account_fits(account: str, bic: str) -> bool:
    """True when the key of a settlement or correspondent account fits the bank (правила ЦБ, положение 579-П)."""
    if len(account) != 20 or len(bic) != 9 or not (account + bic).isdigit():
        return False
    prefix = "0" + bic[4:6] if account.startswith("301") or bic[6:] in ("000", "001", "002") else bic[6:]
    digits = [int(sign) for sign in prefix + account]
    return sum(digit * weight for digit, weight in zip(digits, ACCOUNT_WEIGHTS, strict=False)) % 10 == 0


def inn_fits(inn: str) -> bool:
    """True when the control digits of an ИНН of 10 or 12 digits are right."""
    if not inn.isdigit() or len(inn) not in (10, 12):
        return False
    rules = [INN_10] if len(inn) == 10 else [INN_11, INN_12]
    return all(sum(int(d) * w for d, w in zip(inn, rule, strict=False)) % 11 % 10 == int(inn[len(rule)]) for rule in rules)


def doubts_of_requisites(fields: dict[str, str]) -> list[str]:
    """What looks wrong in the requisites of a payment code, in words."""
    bic = fields.get("BIC", "")
    doubts = []
    if not account_fits(fields.get("PersonalAcc", ""), bic):
        doubts.append("Ключ счёта получателя не сходится с БИК: проверьте счёт и БИК.")
    correspondent = fields.get("CorrespAcc", "")
    if correspondent.strip("0") and (len(correspondent) != 20 or correspondent[-3:] != bic[-3:]):
        doubts.append("Последние три цифры корреспондентского счёта не совпадают с БИК: проверьте банк.")
    for name in ("PayeeINN", "PayerINN"):
        if name in fields and not inn_fits(fields[name]):
            doubts.append(f"Контрольная цифра ИНН в поле {name} не сходится.")
    return doubts
