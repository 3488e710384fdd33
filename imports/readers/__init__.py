"""A file of any supported format and layout -> neutral rows (`imports.rows.Reading`). The one way in is `read`."""

from imports.readers.errors import Refused
from imports.readers.reading import read

__all__ = ["Refused", "read"]
