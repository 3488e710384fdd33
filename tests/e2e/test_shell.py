"""The shell under a person's hands: keyboard, phone, theme, language, live filters, saved filters, search."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.person import Person

pytestmark = pytest.mark.e2e


@pytest.fixture
def lawyer(browser, desk):
    person = Person(browser, desk, "lawyer")
    yield person
    faults = person.faults
    person.leave()
    assert faults == []


def test_the_first_tab_key_offers_the_way_past_the_navigation(lawyer):
    lawyer.open("/accounts/")
    lawyer.page.keyboard.press("Tab")
    skip = lawyer.page.get_by_role("link", name="К содержанию")
    expect(skip).to_be_focused()
    lawyer.page.keyboard.press("Enter")
    expect(lawyer.page.locator("#main")).to_be_focused()


def test_the_slash_key_searches_everything(lawyer):
    lawyer.open("/")
    lawyer.page.keyboard.press("/")
    lawyer.page.keyboard.type("верхнеозерск")
    lawyer.page.keyboard.press("Enter")
    expect(lawyer.page.get_by_role("heading", level=1)).to_contain_text("верхнеозерск")
    expect(lawyer.page.get_by_role("heading", name="Лицевые счета")).to_be_visible()


def test_filters_work_as_one_types_and_stand_in_the_address(lawyer):
    lawyer.open("/accounts/")
    before = lawyer.page.locator("#listing tbody tr").count()
    number = lawyer.page.locator("#listing tbody th").first.inner_text()
    lawyer.page.get_by_label("Поиск", exact=True).fill(number)
    expect(lawyer.page.locator("#listing tbody tr")).to_have_count(1)
    expect(lawyer.page).to_have_url(re.compile(rf"/accounts/\?q={number}$"))
    lawyer.page.go_back()
    expect(lawyer.page.locator("#listing tbody tr")).to_have_count(before)


def test_a_filter_is_kept_under_a_name(lawyer):
    lawyer.open("/accounts/?sort=number")
    lawyer.page.get_by_text("Мои отборы").click()
    lawyer.page.get_by_label("Запомнить нынешний отбор как").fill("По номеру")
    lawyer.page.get_by_role("button", name="Запомнить").click()
    lawyer.open("/accounts/")
    lawyer.page.get_by_text("Мои отборы").click()
    lawyer.page.get_by_role("link", name="По номеру").click()
    expect(lawyer.page).to_have_url(re.compile(r"/accounts/\?sort=number$"))


def test_the_chosen_theme_and_language_stay(lawyer):
    lawyer.open("/accounts/")
    lawyer.page.get_by_role("button", name="Вы вошли как").click()
    lawyer.page.get_by_role("button", name="Тёмное").click()
    background = "getComputedStyle(document.body).backgroundColor"
    dark = lawyer.page.evaluate(background)
    assert sum(map(int, re.findall(r"\d+", dark))) < 150
    lawyer.page.get_by_role("button", name="Вы вошли как").click()
    lawyer.page.get_by_role("button", name="English").click()
    expect(lawyer.page.locator("html")).to_have_attribute("lang", "en")
    assert lawyer.page.evaluate(background) == dark
    lawyer.page.get_by_role("button", name="Signed in as").click()
    lawyer.page.get_by_role("button", name="Русский").click()


def test_on_a_phone_the_navigation_opens_and_closes(browser, desk):
    person = Person(browser, desk, "lawyer", phone=True)
    sections = person.page.locator("#side")
    expect(sections).to_be_hidden()
    person.page.get_by_role("button", name="Разделы").click()
    expect(sections).to_be_visible()
    person.page.keyboard.press("Escape")
    expect(sections).to_be_hidden()
    person.page.get_by_role("button", name="Разделы").click()
    sections.get_by_role("link", name="Лицевые счета").click()
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Лицевые счета")
    person.leave()


def test_pages_work_without_scripts(browser, desk):
    context = browser.new_context(java_script_enabled=False, locale="ru-RU")
    page = context.new_page()
    page.goto(desk + "/login/")
    page.get_by_label("Имя пользователя").fill("lawyer")
    page.get_by_label("Пароль").fill("casedesk-demo")
    page.get_by_role("button", name="Войти").click()
    page.goto(desk + "/accounts/")
    page.get_by_label("Поиск", exact=True).fill("нет такого счёта")
    page.get_by_role("button", name="Показать").click()
    expect(page.get_by_text("ничего не нашлось")).to_be_visible()
    context.close()
