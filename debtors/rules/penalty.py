"""Which penalty ladder a debt stands under: by who owes and for what (ЖК РФ ст. 155 ч. 14, 14.1; 190-ФЗ ст. 15 ч. 9.1-9.4)."""

HOUSING = "housing_155_14"
CAPITAL_REPAIR = "caprepair_155_14_1"
OTHER_CONSUMER = "rso_other"
MANAGING_COMPANY = "rso_uo"

_BY_CATEGORY = {
    "owner": HOUSING,
    "social_tenant": HOUSING,
    "legal_entity": OTHER_CONSUMER,
    "municipal_institution": OTHER_CONSUMER,
    "supplier": OTHER_CONSUMER,
    "managing_company": MANAGING_COMPANY,
}


def ladder_for(category: str, service_code: str) -> str:
    """The ladder of a consumer group (`debtors.models.Category`) for a service.

    Contributions to capital repair have their own for the population.
    """
    ladder = _BY_CATEGORY[category]
    return CAPITAL_REPAIR if ladder == HOUSING and service_code == "capital_repair" else ladder
