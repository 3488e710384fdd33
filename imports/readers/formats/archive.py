"""A zip container (XLSX, or registers packed for sending) checked by its central directory before anything is unpacked."""

import zipfile
from pathlib import Path

from imports.readers.errors import Refused

MOST_ENTRIES = 2_000
LARGEST_ENTRY = 700 << 20
LARGEST_WHOLE = 1_200 << 20
WORST_RATIO = 200
RATIO_MATTERS_FROM = 16 << 20
"""Small parts may be packed any number of times: an empty sheet is."""


def open_archive(path: Path) -> zipfile.ZipFile:
    """A zip whose stated sizes are sane. Raises Refused for bombs, encrypted and damaged archives."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as wrong:
        raise damaged() from wrong
    try:
        check_sizes(archive.infolist())
    except Refused:
        archive.close()
        raise
    return archive


def damaged() -> Refused:
    return Refused("damaged_archive", "Архив или книга Excel повреждены: содержимое не распаковывается. Скачайте файл заново.")


def check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    """Raises Refused when the directory states more than any register holds."""
    if len(entries) > MOST_ENTRIES:
        raise _bomb(f"в нём {len(entries)} файлов, а допускается {MOST_ENTRIES}")
    whole = 0
    for entry in entries:
        whole += entry.file_size
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > LARGEST_ENTRY or whole > LARGEST_WHOLE:
            raise _bomb(f"после распаковки он займёт больше {LARGEST_ENTRY >> 20} МБ")
        if entry.file_size > RATIO_MATTERS_FROM and ratio > WORST_RATIO:
            raise _bomb(f"часть «{entry.filename}» сжата в {ratio:.0f} раз")
        if entry.flag_bits & 1:
            raise Refused("encrypted", "Архив закрыт паролем. Пришлите файл без пароля.")


def _bomb(why: str) -> Refused:
    return Refused("archive_bomb", f"Файл похож на архивную бомбу: {why}. Разделите реестр на части или сохраните его как CSV.")
