"""A person at the browser: signed in, watched for whatever goes wrong on the page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from casedesk.desk.demo.people import PASSWORD

WIDE, PHONE = {"width": 1360, "height": 900}, {"width": 390, "height": 844}


class Person:
    """One browser window. `faults` collects console errors, breaches of the content policy and failing scripts."""

    def __init__(self, browser: Browser, address: str, username: str = "", *, phone: bool = False, scheme: str = "light"):
        self.address = address
        self.context: BrowserContext = browser.new_context(
            locale="ru-RU", viewport=PHONE if phone else WIDE, color_scheme=scheme, reduced_motion="reduce"
        )
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        if username:
            self.sign_in(username)

    def sign_in(self, username: str) -> None:
        self.open("/login/")
        self.page.get_by_label("Имя пользователя").fill(username)
        self.page.get_by_label("Пароль").fill(PASSWORD)
        self.page.get_by_role("button", name="Войти").click()
        self.page.wait_for_url(f"{self.address}/")

    def open(self, path: str):
        """Go to a path of the desk; returns the browser's response."""
        return self.page.goto(self.address + path, wait_until="load")

    def leave(self) -> None:
        self.context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"{self.page.url}: {message.text}")


AXE = Axe().axe_script
ASK_AXE = """options => axe.run(document, options).then(found => found.violations.map(
    one => `${one.id} (${one.impact}): ${JSON.stringify(one.nodes.slice(0, 4).map(node => node.target))}`))"""


def barriers(page: Page, *rules: str) -> list[str]:
    """What axe finds on the page as it is now, one line per violation; `rules` when only these can have changed."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options = {"resultTypes": ["violations"]} | ({"runOnly": {"type": "rule", "values": rules}} if rules else {})
    return page.evaluate(ASK_AXE, options)


def scrolls_sideways(page: Page) -> bool:
    """Whether the page itself is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
