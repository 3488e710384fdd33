"""What every model must answer: who may see it, and who did what when. New models join by themselves."""

import pytest
from django.apps import apps
from django.db import models

OURS = ("common", "access", "norms", "documents", "debtors", "enforcement", "imports", "commission", "plans")

GROUND_MODELS = {
    "access.Territory",
    "access.Organisation",
    "access.SettlementAccount",
    "access.CreditorRequisites",
    "access.User",
    "access.Membership",
}
"""What scope itself is made of; only administrators' screens list it."""

OWN = {"access.ApiToken"}
"""Read through the person it belongs to."""

NAMED_ELSEWHERE = {"access.User", "access.ApiToken"}
"""Their moments are named by the libraries that bring them."""

OPEN_TO_ALL = {"debtors.Service", "debtors.ServiceAlias", "debtors.House"}
"""Reference data that says nothing of anybody: services and the town's addresses."""

MADE = ("valid_from", "learnt_at", "created_at", "recorded_at")
"""When a row is made by one act, the moment of the row is the moment of the act."""

NOT_MONEY = {"confidence"}

DAY_NAMES = ("_on", "_from", "_to", "_until", "_since", "as_of", "birth_date", "day", "on", "through")


def our_models() -> list[type[models.Model]]:
    configs = [config for config in apps.get_app_configs() if config.label in OURS]
    found = [model for config in configs for model in config.get_models()]
    return [model for model in found if not model.__name__.startswith("Historical")]


MODELS = our_models()


def name_of(model: type[models.Model]) -> str:
    return f"{model._meta.app_label}.{model.__name__}"


def answers_visible_to(model: type[models.Model]) -> bool:
    return hasattr(model._default_manager.all(), "visible_to")


def hangs_on_something_visible(model: type[models.Model]) -> bool:
    """A part is read through its whole: it has a key to a model that answers `visible_to`."""
    keys = [field for field in model._meta.fields if field.is_relation and field.related_model not in (None, model)]
    return any(name_of(key.related_model) not in GROUND_MODELS and answers_visible_to(key.related_model) for key in keys)


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_every_model_says_who_may_see_it(model):
    if name_of(model) in GROUND_MODELS | OPEN_TO_ALL | OWN:
        return
    assert answers_visible_to(model) or hangs_on_something_visible(model), (
        "give it a ScopedQuerySet, or a key to a model that has one"
    )


@pytest.mark.parametrize("model", [model for model in MODELS if hasattr(model, "get_absolute_url")], ids=name_of)
def test_what_has_an_address_answers_visible_to(model):
    assert answers_visible_to(model)


def pairs() -> list:
    return [pytest.param(model, field, id=f"{name_of(model)}.{field.name}") for model in MODELS for field in model._meta.fields]


@pytest.mark.parametrize("model, field", [case for case in pairs() if case.values[1].name.endswith("_by")])
def test_who_goes_with_when(model, field):
    stem = field.name.removesuffix("_by")
    names = {other.name: other for other in model._meta.fields}
    known = [names[name] for name in (f"{stem}_at", f"{stem}_on", *MADE) if name in names]
    assert known, f"{field.name} needs {stem}_at or {stem}_on, or the row a moment of its own: {', '.join(MADE)}"
    when = known[0]
    assert field.null or not when.null, f"{field.name} is always known but {when.name} is not"


@pytest.mark.parametrize("model, field", [case for case in pairs() if isinstance(case.values[1], models.DateField)])
def test_moments_and_days_are_named_so(model, field):
    if name_of(model) in NAMED_ELSEWHERE:
        return
    ends = ("_at",) if isinstance(field, models.DateTimeField) else DAY_NAMES
    assert field.name.endswith(ends)


@pytest.mark.parametrize("model, field", pairs())
def test_money_is_never_a_fraction(model, field):
    assert not isinstance(field, models.FloatField | models.DecimalField) or field.name in NOT_MONEY
