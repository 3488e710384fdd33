"""`python -m tests.e2e.screenshots OUT_DIR`: a picture of every page of the demo in light, in dark and on a phone.

With `--readme` only the few pictures that the README shows, under fixed names.
"""

import argparse
import os
import re
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedesk.settings")

import django

django.setup()

from tests.e2e import desk  # noqa: E402  Django is set up first
from tests.e2e.person import PHONE, WIDE, Person  # noqa: E402
from tests.e2e.walk import pages  # noqa: E402

ROLES = ("lawyer", "clerk", "supervisor", "admin")
README = (("lawyer", "/", "desk"), ("admin", "/boards/", "boards"))


def picture(person: Person, path: Path, *, whole: bool = True) -> None:
    person.page.wait_for_timeout(200)
    person.page.screenshot(path=path, full_page=whole)


def all_pages(browser, address: str, out: Path) -> None:
    """Light, dark and phone pictures of each kind of page, in a folder per role."""
    for role in ROLES:
        person = Person(browser, address, role)
        folder = out / role
        folder.mkdir(parents=True, exist_ok=True)
        for name, _path in pages(person):
            file = re.sub(r"\W+", "-", name)
            picture(person, folder / f"{file}-light.png", whole=False)
            person.page.emulate_media(color_scheme="dark")
            picture(person, folder / f"{file}-dark.png", whole=False)
            person.page.emulate_media(color_scheme="light")
            person.page.set_viewport_size(PHONE)
            picture(person, folder / f"{file}-phone.png")
            person.page.set_viewport_size(WIDE)
        person.leave()


def readme_pages(browser, address: str, out: Path) -> None:
    """The pictures of the README: the queue, the first case of it, the boards of the town."""
    for role, path, name in README:
        person = Person(browser, address, role)
        person.open(path)
        picture(person, out / f"{name}.png", whole=False)
        if name == "desk":
            person.page.locator("#listing tbody th a").first.click()
            person.page.wait_for_load_state()
            picture(person, out / "case.png", whole=False)
        person.leave()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--accounts", type=int, default=400)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--address", help="a desk that already runs the demo; otherwise one is started")
    parser.add_argument("--readme", action="store_true")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    take = readme_pages if asked.readme else all_pages
    with desk.browser() as browser:
        if asked.address:
            take(browser, asked.address.rstrip("/"), asked.out)
        else:
            with desk.running_demo(accounts=asked.accounts, months=asked.months) as address:
                take(browser, address, asked.out)


if __name__ == "__main__":
    main()
