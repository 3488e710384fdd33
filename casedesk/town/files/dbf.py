"""A small DBF III writer: only what billing programs use. Fixed date in the header, record count patched at the end."""

import struct
from collections.abc import Sequence
from pathlib import Path

_HEADER = struct.Struct("<BBBBLHH20x")
_FIELD = struct.Struct("<11sc4xBB14x")


class DbfFile:
    """Write records of text; numbers come as text too and are set to the right. Too long text is cut, as in life."""

    def __init__(self, path: Path, fields: Sequence[tuple[str, str, int, int]], *, language: int, encoding: str = "cp866"):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.fields, self.language, self.encoding, self.count = fields, language, encoding, 0
        self.length = 1 + sum(width for _, _, width, _ in fields)
        self.file = path.open("wb")
        self._head()
        for name, kind, width, places in fields:
            self.file.write(_FIELD.pack(name.encode("ascii"), kind.encode("ascii"), width, places))
        self.file.write(b"\r")

    def _head(self) -> None:
        size = _HEADER.size + _FIELD.size * len(self.fields) + 1
        header = bytearray(_HEADER.pack(3, 126, 1, 1, self.count, size, self.length))
        header[29] = self.language
        self.file.write(header)

    def row(self, *values: object) -> None:
        """One record. Raises ValueError when a number does not fit its field."""
        record = [b" "]
        for (name, kind, width, _), value in zip(self.fields, values, strict=True):
            raw = str(value).encode(self.encoding, errors="replace")
            if kind == "N" and len(raw) > width:
                raise ValueError(f"{name}: {value} is wider than {width}")
            record.append(raw.rjust(width) if kind == "N" else raw[:width].ljust(width))
        self.file.write(b"".join(record))
        self.count += 1

    def close(self) -> None:
        self.file.write(b"\x1a")
        self.file.seek(0)
        self._head()
        self.file.close()
