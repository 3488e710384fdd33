"""Rows that migrations bring (services, plans, norms) come back after a test that empties the database.

A transactional test ends by truncating every table. The tests after it in the same process, whatever the order in which several
processes share them out, must find what an installation has after `migrate`.
"""

import pytest
from django.db import connection
from pytest_django.plugin import blocking_manager_key


def is_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have Django keep what it serialized at the start, and not write its own rows in between."""
    for item in items:
        if is_transactional(item):
            kept = item.get_closest_marker("django_db").kwargs | {"serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**kept), append=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None):
    """After the fixtures of the test are gone, the flush included. After the last test of all the database itself is gone."""
    result = yield
    if is_transactional(item) and nextitem is not None:
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
    return result
