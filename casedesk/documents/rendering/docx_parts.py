"""An uploaded DOCX opened safely: its size and contents looked at, its parts as XML with whole merge fields."""

import html
import io
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property

from docxtpl import DocxTemplate
from lxml import etree

from casedesk.common.refusals import Refusal

MOST_PACKED, MOST_UNPACKED, MOST_ENTRIES = 5 * 2**20, 40 * 2**20, 600
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
NOT_CARRIED = {
    "ins": "несохранённые исправления (примите их в Word: «Рецензирование», «Принять»)",
    "del": "несохранённые исправления (примите их в Word: «Рецензирование», «Принять»)",
    "txbxContent": "надпись (перенесите её текст в абзац или таблицу)",
    "footnoteReference": "сноска (впишите её в текст)",
    "endnoteReference": "сноска (впишите её в текст)",
    "object": "вложенный объект (вставьте таблицу или картинку)",
    "altChunk": "вложенный документ (вставьте его текст)",
    "cols": "колонки (возьмите таблицу без границ)",
}
"""What the PDF would lose, with the remedy."""


SPECIAL = re.compile(r"\{\{\s*(?:p|tr|tc|r)\s|\{%\s*(?:r|tc|vm|hm|colspan|cellbg)\s|\{#|\{_[{%]")
"""Forms of docxtpl that change the document's own XML: the PDF knows nothing of them."""


class NotATemplate(Refusal):
    """The file is not a DOCX that can serve as a template; the text says why and what to do."""

    code = "not_a_template"


@dataclass(frozen=True)
class Parts:
    """A template's own bytes and what stands in it."""

    docx: bytes

    @cached_property
    def template(self) -> DocxTemplate:
        opened = DocxTemplate(io.BytesIO(self.docx))
        opened.init_docx()
        return opened

    @cached_property
    def body(self) -> etree._Element:
        return self._whole(self.template.get_xml())

    @cached_property
    def texts(self) -> str:
        """Every part with merge fields, as one template source to be checked."""
        section = self.template.docx.sections[0]
        margins = (section.header, section.footer, section.first_page_header, section.first_page_footer)
        xmls = [self.template.get_xml()]
        xmls += [etree.tostring(part._element, encoding="unicode") for part in margins if not part.is_linked_to_previous]
        pieces = [re.sub(r"<[^{}<>]*>", "", self.template.patch_xml(xml)) for xml in xmls]
        properties = self.template.docx.core_properties
        pieces += [getattr(properties, name) for name in ("author", "comments", "identifier", "language", "subject", "title")]
        return "\n".join(pieces)

    @cached_property
    def words(self) -> str:
        """The text as it was typed, page margins included."""
        section = self.template.docx.sections[0]
        margins = (section.header, section.footer, section.first_page_header, section.first_page_footer)
        elements = [self.template.docx.element.body, *(part._element for part in margins if not part.is_linked_to_previous)]
        return "".join(text.text or "" for element in elements for text in element.iter(f"{W}t"))

    def margin(self, kind: str) -> etree._Element | None:
        """`header`, `footer`, `first_page_header` or `first_page_footer` of the paper, or None when it has none of its own."""
        found = getattr(self.template.docx.sections[0], kind)
        if found.is_linked_to_previous:
            return None
        return self._whole(etree.tostring(found._element, encoding="unicode"))

    def _whole(self, xml: str) -> etree._Element:
        """Merge fields put together again where Word had cut them up; row and paragraph tags stand between the elements."""
        patched = TAG.sub(lambda found: html.escape(html.unescape(found[0]), quote=False), self.template.patch_xml(xml))
        return etree.fromstring(patched.encode(), PARSER)


def opened(docx: bytes) -> Parts:
    """The parts of a file. Raises NotATemplate for what is not a DOCX, is dangerous, or would lose text in the PDF."""
    if len(docx) > MOST_PACKED:
        raise NotATemplate(f"Файл больше {MOST_PACKED // 2**20} МБ: уменьшите картинки в нём.")
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as packed:
            _check_packed(packed)
        parts = Parts(docx)
        parts.template  # noqa: B018  opening is the check
    except (zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as fault:
        raise NotATemplate("Это не документ Word (.docx). Сохраните шаблон в Word как «Документ Word (*.docx)».") from fault
    _check_carried(parts)
    return parts


def _check_packed(packed: zipfile.ZipFile) -> None:
    entries = packed.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise NotATemplate("Файл распаковывается в слишком большой документ. Уберите лишние картинки.")
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise NotATemplate("В файле есть макросы. Сохраните шаблон как «Документ Word (*.docx)» без макросов.")
    for entry in entries:
        if entry.filename.endswith(".rels"):
            _check_links(packed.read(entry))


def _check_links(relations: bytes) -> None:
    for one in etree.fromstring(relations, PARSER):
        if one.get("TargetMode") == "External" and not one.get("Type", "").endswith("/hyperlink"):
            raise NotATemplate("Шаблон ссылается на файл снаружи. Вставьте картинку или шаблон в сам документ.")


def _check_carried(parts: Parts) -> None:
    found = []
    for element in parts.template.docx.element.body.iter():
        name = element.tag.removeprefix(W) if isinstance(element.tag, str) else ""
        columns = name == "cols" and int(element.get(f"{W}num", "1")) > 1
        if name in NOT_CARRIED and (name != "cols" or columns):
            found.append(NOT_CARRIED[name])
    if len(parts.template.docx.sections) > 1:
        found.append("несколько разделов (оставьте один)")
    special = SPECIAL.search(parts.words)
    if special:
        raise NotATemplate(f"«{special[0].strip()} …» здесь не понимают. Можно: {{{{ поле }}}}, {{%p if %}}, {{%tr for %}}.")
    if found:
        raise NotATemplate(f"В печать не попадёт: {'; '.join(dict.fromkeys(found))}. Исправьте и загрузите снова.")
