"""The hash that a frozen report and its files are known by."""

import hashlib
import json


def sealed(content: dict) -> str:
    """SHA-256 of the content's canonical JSON: the same figures give the same hash on any database."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sealed_bytes(text.encode("utf-8"))


def sealed_bytes(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
