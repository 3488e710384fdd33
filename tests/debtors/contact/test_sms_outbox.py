"""The gateway that keeps messages in a file: knows the keys it has seen, whoever wrote them, and reads each line once."""

import json

import pytest

from debtors.channels import sms
from debtors.channels.parcel import Parcel
from debtors.channels.sms import outbox, send_sms


def send(key: str) -> None:
    assert send_sms(Parcel(key, "+79000000001", "долг", "", "АО")).accepted


def keys() -> list[str]:
    return [json.loads(line)["key"] for line in outbox().read_text(encoding="utf-8").splitlines()]


def test_a_key_that_it_knows_is_not_kept_twice():
    for key in ("k1", "k2", "k1"):
        send(key)
    assert keys() == ["k1", "k2"]


def test_what_another_process_added_is_known_too():
    send("k1")
    with outbox().open("a", encoding="utf-8") as out:
        out.write(json.dumps({"key": "theirs", "to": "+7", "text": "долг"}) + "\n")
    send("theirs")
    send("k2")
    assert keys() == ["k1", "theirs", "k2"]


def test_a_line_broken_off_by_a_kill_spoils_nothing():
    send("k1")
    with outbox().open("a", encoding="utf-8") as out:
        out.write('{"key": "half')
    send("half")
    send("k2")
    whole = [line for line in outbox().read_text(encoding="utf-8").splitlines() if line.endswith("}")]
    assert [json.loads(line)["key"] for line in whole] == ["k1", "half", "k2"]


def test_an_outbox_thrown_away_begins_anew():
    send("k1")
    send("k2")
    outbox().unlink()
    send("k1")
    assert keys() == ["k1"]


@pytest.mark.parametrize("sent", [10, 40])
def test_a_message_costs_the_same_however_many_went_before(monkeypatch, sent):
    """Lines are parsed once each, not once for every message after them."""
    parsed = []
    key_of = sms._key_of
    monkeypatch.setattr(sms, "_key_of", lambda line: parsed.append(line) or key_of(line))
    for number in range(sent):
        send(f"k{number}")
    assert len(parsed) == sent - 1, "all but the last, which nobody has asked for yet"
