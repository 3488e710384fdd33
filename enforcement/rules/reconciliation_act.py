"""An act as data: its form is fixed, so the same act gives the same hash."""

import hashlib
import json


def digest(act: dict) -> str:
    """SHA-256 of the act's canonical JSON."""
    text = json.dumps(act, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
