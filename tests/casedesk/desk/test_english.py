"""English for the shell: every Russian string of the catalogue has its English, and the compiled catalogue has it too."""

import gettext
import re
from pathlib import Path

from django.conf import settings
from django.utils import translation

from casedesk.desk.navigation import ENTRIES, SECTIONS

FOLDER = Path(settings.BASE_DIR) / "casedesk" / "locale" / "en" / "LC_MESSAGES"
PAIR = re.compile(r'^msgid "(.+)"\nmsgstr "(.*)"$', re.MULTILINE)


def test_the_catalogue_is_whole_and_compiled():
    source = (FOLDER / "django.po").read_text(encoding="utf-8")
    pairs = dict(PAIR.findall(source))
    assert len(pairs) > 150
    assert [russian for russian, english in pairs.items() if not english] == []
    with (FOLDER / "django.mo").open("rb") as compiled:
        known = gettext.GNUTranslations(compiled)
    assert {russian: known.gettext(russian) for russian in pairs} == pairs


def test_the_shell_speaks_english_when_asked(visit, officer):
    client = visit(officer)
    client.cookies["django_language"] = "en"
    page = client.get("/").content.decode()
    for said in ("Today", "Case queue", "Accounts", "Without a next step", "Sign out"):
        assert said in page


def test_every_line_of_the_navigation_has_its_english():
    labels = [*SECTIONS, *(entry.label for entry in ENTRIES)]
    with translation.override("en"):
        said = [str(label) for label in labels]
    assert [label for label in said if re.search("[а-яё]", label, re.IGNORECASE)] == []
