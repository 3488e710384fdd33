"""Bailiff departments by the code that numbers of proceedings carry."""

from casedesk.access.models import Organisation


def departments_by_code(codes: set[str]) -> dict[str, Organisation]:
    """Code (`51034`) -> the department whose own code it is (`51034` or `osp-51034`); unknown ones are left out. One query."""
    asked = {f"{prefix}{code}": code for code in codes - {""} for prefix in ("", "osp-")}
    found = Organisation.objects.filter(kind=Organisation.Kind.BAILIFF_DEPARTMENT, code__in=asked)
    return {asked[one.code]: one for one in found}


def department_of(code: str) -> Organisation | None:
    """The department of one code, None when it is not known."""
    return departments_by_code({code}).get(code)
