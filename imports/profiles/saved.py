"""A column profile that a person confirmed once for a sender; replayed exactly on its later files."""

from dataclasses import asdict, dataclass, field, fields


@dataclass
class SavedProfile:
    """What is remembered of a layout. Plain data: `to_dict` and `from_dict` go through JSON unchanged."""

    name: str
    kind: str = "auto"
    layout: str = "flat"
    columns: dict[str, list[str]] = field(default_factory=dict)
    """Field of the neutral row -> folded header texts (`header_key`) of the columns it is read from."""
    header_rows: int = 0
    """How many rows the header takes; 0: find out."""
    sheet_pattern: str = ""
    """Regular expression of the sheet names to read; empty: every visible sheet with such a header."""
    service: str = ""
    """The service of every row, when the file has no column of it."""
    empty_balance_is_zero: bool = False
    """What an empty cell in a balance column means: nothing owed, or unknown (the row is then rejected)."""

    def to_dict(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, object]) -> "SavedProfile":
        """Raises ValueError naming the keys it does not know."""
        unknown = set(data) - {known.name for known in fields(cls)}
        if unknown:
            raise ValueError(f"неизвестные поля профиля: {', '.join(sorted(unknown))}")
        return cls(**data)
