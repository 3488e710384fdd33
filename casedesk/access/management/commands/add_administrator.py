"""`manage.py add_administrator USERNAME --organisation CODE --last-name NAME`: the first person of a new installation."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casedesk.access.actions import memberships, people
from casedesk.access.models import Organisation, User
from casedesk.access.rights import Role
from casedesk.common.refusals import Refusal


class Command(BaseCommand):
    help = "Let an administrator in; prints the path of the page where they set their password"

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--organisation", required=True, help="code of an organisation that is registered")
        parser.add_argument("--last-name", default="Администратор")

    def handle(self, *, username, organisation, last_name, **options):
        employer = Organisation.objects.filter(code=organisation).first()
        if employer is None:
            raise CommandError(f"Нет организации «{organisation}»: заведите её командой add_creditor.", returncode=2)
        day = timezone.localdate()
        user = User.objects.filter(username=username).first()
        try:
            if user is None:
                names = {"username": username, "last_name": last_name}
                user = people.add(names=names, organisation=employer, role=Role.ADMINISTRATOR, valid_from=day)
            elif not user.memberships.on(day).filter(role=Role.ADMINISTRATOR).exists():
                memberships.grant(user=user, organisation=employer, role=Role.ADMINISTRATOR, valid_from=day)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(json.dumps({"username": username, "password_page": people.password_link(user=user)}))
