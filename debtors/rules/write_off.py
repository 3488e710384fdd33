"""Words of write-offs: grounds and papers. Which papers a ground asks for is dated data: `norms/data/write_off.toml`."""

from enum import StrEnum


class Ground(StrEnum):
    """Why a debt may leave the books (основание списания). Its papers and law: the norm `write_off.<ground>`."""

    LIMITATION = "limitation"
    IMPOSSIBILITY = "impossibility"
    DEATH = "death"
    LIQUIDATION = "liquidation"
    BANKRUPTCY = "bankruptcy"
    AUTHORITY_ACT = "authority_act"


GROUND_NAMES = {
    Ground.LIMITATION: "истёк срок исковой давности",
    Ground.IMPOSSIBILITY: "невозможно взыскать: акт пристава",
    Ground.DEATH: "смерть без наследников и имущества",
    Ground.LIQUIDATION: "должник ликвидирован",
    Ground.BANKRUPTCY: "гражданин признан банкротом",
    Ground.AUTHORITY_ACT: "акт органа власти",
}
OF_THE_ACT = ("head_order", "inventory_act")
"""Papers of the whole act; the others belong to each account."""
OWN_PAPERS = ("limitation_calculation", "account_statement")
"""Papers that the program itself makes from the ledger: nobody has to bring them."""
PAPER_NAMES = {
    "head_order": "приказ руководителя",
    "inventory_act": "акт инвентаризации расчётов (ИНВ-17)",
    "limitation_calculation": "расчёт срока давности по месяцам",
    "account_statement": "выписка по лицевому счёту",
    "ending_ruling": "постановление об окончании производства",
    "impossibility_act": "акт о невозможности взыскания",
    "death_record": "запись акта о смерти",
    "notary_reply": "ответ нотариуса о наследниках",
    "estate_extract": "выписка ЕГРН об имуществе умершего",
    "registry_extract": "выписка ЕГРЮЛ о прекращении",
    "bankruptcy_ruling": "определение о завершении процедуры банкротства",
    "authority_act": "акт органа власти",
}


def missing(asked: tuple[str, ...], of_act: set[str], of_item: set[str]) -> list[str]:
    """The papers of one account that are asked for and there neither for it, nor for the act, nor made by the program."""
    have = of_act | of_item | set(OWN_PAPERS)
    return [code for code in asked if code not in have]
