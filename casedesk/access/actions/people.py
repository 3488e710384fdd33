"""Letting people in, and letting them set a password."""

import datetime as dt

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from casedesk.access.actions import memberships
from casedesk.access.models import Organisation, User


@transaction.atomic
def add(*, names: dict, organisation: Organisation, role: str, valid_from: dt.date) -> User:
    """Create a person with one role and no password: they set it by the link of `password_link`.

    `names` holds username, last_name, first_name, patronymic, email.
    """
    user = User(**names)
    user.set_unusable_password()
    user.save()
    memberships.grant(user=user, organisation=organisation, role=role, valid_from=valid_from)
    return user


def password_link(*, user: User) -> str:
    """A path that lets its holder set this person's password once, within settings.PASSWORD_RESET_TIMEOUT.

    It is not stored: it stops working when the password changes or the person signs in.
    """
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("password_set", args=[uid, default_token_generator.make_token(user)])
