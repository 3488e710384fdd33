"""Headers that repeat the sums once per service: «Отопление / Начислено» or «Начислено / Отопление»."""

import re

from imports.profiles.synonyms import SUMS, field_of

Groups = dict[str, dict[str, int]]
WHOLE = "итого"
_NOT_SERVICE = re.compile(r"^(?:дебет|кредит|дт|кт|пен[иья]\w*|руб\w*|жку|сумма|всего|итого|гкал|тариф|куб\w*|м3|квт\w*|\d.*)$")
_WHOLE = re.compile(r"^(?:итого|всего|всего по лс|итого по лс)(?: .*)?$")


def service_groups(keys: tuple[str, ...]) -> Groups:
    """Service (folded; `WHOLE` for the group of totals) -> {sum field: column}. Empty when the header is not of this kind."""
    below, above = {}, {}
    for column, key in enumerate(keys):
        parts = key.split(" / ")
        if len(parts) < 2:
            continue
        last = _sum_field(parts[-1])
        if last and not field_of(parts[-2]):
            below.setdefault(_service(parts[-2]), {}).setdefault(last, column)
        elif (first := _sum_field(parts[0])) and (not _NOT_SERVICE.match(parts[-1]) or _WHOLE.match(parts[-1])):
            above.setdefault(_service(parts[-1]), {}).setdefault(first, column)
    for groups in (below, above):
        services = [name for name in groups if name != WHOLE]
        if len(services) > 1 or (len(services) == 1 and len(groups[services[0]]) > 2 and groups is below):
            return groups
    return {}


def _sum_field(part: str) -> str:
    name = field_of(part)
    if name == "balance":
        return "closing"
    return name if name in SUMS and name != "penalty" else ""


def _service(part: str) -> str:
    return WHOLE if _WHOLE.match(part) else part
