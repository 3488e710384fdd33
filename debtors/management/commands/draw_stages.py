"""`manage.py draw_stages`: the stages of a case as a page of the documentation, on stdout."""

from django.core.management.base import BaseCommand

from debtors.states.drawing import markdown


class Command(BaseCommand):
    help = "Print docs/case-stages.md, made from the table of moves and the catalogue of events."

    def handle(self, *args, **options):
        self.stdout.write(markdown(), ending="")
