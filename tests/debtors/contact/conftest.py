"""A place for messages and files, and a debtor with a telephone."""

import pytest

from tests.factories import contact


@pytest.fixture(autouse=True)
def sms_to_a_file(settings, tmp_path):
    """Messages and files of the test stay in its own folder."""
    settings.MEDIA_ROOT = tmp_path
    settings.SMS_URL = "local:"


@pytest.fixture
def case(osen):
    return contact.debtor_case(osen, phone="+7 900 000-00-01", address_text="ул. Мира, д. 1, кв. 1")
