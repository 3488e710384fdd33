"""Registers sent in a zip: each file inside is read as it would be alone."""

import shutil
import tempfile
import zipfile
import zlib
from pathlib import Path

from imports.readers.errors import Refused
from imports.readers.formats.archive import damaged

MOST_FILES = 200


def unpack(archive: zipfile.ZipFile, name: str) -> tuple[tempfile.TemporaryDirectory, list[tuple[str, Path]]]:
    """The files inside as (their name, where they were put), and the directory that holds them. Raises Refused."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not entry.filename.startswith("__MACOSX")]
    if not entries or len(entries) > MOST_FILES:
        raise Refused(
            "empty_archive", f"В архиве «{name}» нет реестров или их больше {MOST_FILES}. Проверьте, тот ли это файл."
        )
    place = tempfile.TemporaryDirectory(prefix="register-")
    unpacked = []
    try:
        for number, entry in enumerate(entries):
            target = Path(place.name) / str(number)
            with archive.open(entry) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy, 1 << 20)
            unpacked.append((_shown(entry), target))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as wrong:
        place.cleanup()
        raise damaged() from wrong
    return place, unpacked


def _shown(entry: zipfile.ZipInfo) -> str:
    """The name of a packed file; old archivers write it in cp866 without saying so."""
    name = entry.filename
    if not entry.flag_bits & 0x800 and not name.isascii():
        name = name.encode("cp437", "replace").decode("cp866", "replace")
    return name.replace("\\", "/").rsplit("/", 1)[-1]
