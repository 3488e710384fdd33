"""SMS by any gateway that takes an HTTP POST. Which address and which names of fields are settings.

`SMS_URL = "local:"` keeps messages in a file instead of sending them: for the demo and for trying a strategy out. Like a good
gateway it knows the keys it has seen.
"""

import json
import os
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from debtors.channels.parcel import ChannelDown, Parcel, Receipt

LOCAL = "local:"
TIMEOUT = 20
REFUSED = range(400, 500)


def outbox() -> Path:
    """The file of the local gateway: a JSON object per line."""
    return Path(settings.MEDIA_ROOT) / "sms" / "outbox.jsonl"


def send_sms(parcel: Parcel) -> Receipt:
    """Hand one message over. Raises ChannelDown when the gateway cannot be reached or is out of order."""
    return _keep(parcel) if settings.SMS_URL == LOCAL else _post(parcel)


@dataclass
class _Read:
    """What this process has read of an outbox: up to which byte, and the keys found there."""

    until: int = 0
    keys: set[str] = field(default_factory=set)


_READ: dict[Path, _Read] = {}


def _keep(parcel: Parcel) -> Receipt:
    file = outbox()
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+b") as kept:
        if parcel.key not in _keys(file, kept):
            line = {"key": parcel.key, "to": parcel.to, "text": parcel.text}
            kept.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
    return Receipt(True, f"local-{parcel.key}")


def _keys(file: Path, kept: BinaryIO) -> set[str]:
    """The keys in the file. Only what was added since the last look is read: the file may hold a town's messages."""
    size = kept.seek(0, os.SEEK_END)
    known = _READ.get(file)
    if known is None or known.until > size:
        known = _READ[file] = _Read()
    kept.seek(known.until)
    added = kept.read()
    if added and not added.endswith(b"\n"):  # who wrote the last line was killed
        kept.write(b"\n")
        added += b"\n"
    known.keys |= {key for line in added.splitlines() if (key := _key_of(line))}
    known.until += len(added)
    return known.keys


def _key_of(line: bytes) -> str:
    try:
        return json.loads(line)["key"]
    except ValueError:
        return ""


def _post(parcel: Parcel) -> Receipt:
    request = urllib.request.Request(settings.SMS_URL, _body(parcel), _headers(), method="POST")
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            return Receipt(True, _number(answer.read(100_000)))
    except urllib.error.HTTPError as fault:
        if fault.code in REFUSED and fault.code not in (408, 409, 425, 429):
            return Receipt(False, words=f"шлюз отказал: {fault.code} {fault.read(200).decode(errors='replace')}"[:180])
        raise ChannelDown(f"Шлюз SMS ответил {fault.code}") from fault
    except OSError as fault:
        raise ChannelDown(f"Шлюз SMS не отвечает: {fault}") from fault


def _body(parcel: Parcel) -> bytes:
    values = {"phone": parcel.to, "text": parcel.text, "key": parcel.key, "sender": settings.SMS_SENDER or parcel.sender}
    fields = {theirs: values[ours] for ours, theirs in settings.SMS_FIELDS.items() if ours in values and theirs}
    if settings.SMS_FORMAT == "json":
        return json.dumps(fields, ensure_ascii=False).encode()
    return urllib.parse.urlencode(fields).encode()


def _headers() -> dict[str, str]:
    kind = "application/json" if settings.SMS_FORMAT == "json" else "application/x-www-form-urlencoded"
    told = {"Content-Type": kind}
    return told | ({"Authorization": settings.SMS_AUTHORIZATION} if settings.SMS_AUTHORIZATION else {})


def _number(answer: bytes) -> str:
    """The gateway's own number of the message, by the name that the settings give it; empty when it tells none."""
    try:
        found = json.loads(answer)
    except ValueError:
        return ""
    return str(found.get(settings.SMS_FIELDS.get("number", "id"), ""))[:40] if isinstance(found, dict) else ""
