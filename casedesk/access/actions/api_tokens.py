"""Keys for programs: made for oneself, shown once, revoked by oneself."""

from casedesk.access.models import ApiToken, User
from casedesk.common.refusals import Refusal

MOST = 10


class TooManyKeys(Refusal):
    """A person needs a key per program, not a drawer of forgotten ones."""

    code = "too_many_keys"


def create(*, by: User, name: str) -> str:
    """Make a key that acts as this person for a year; return its text, which is kept nowhere. Raises TooManyKeys."""
    if by.auth_token_set.count() >= MOST:
        raise TooManyKeys(f"Уже есть {MOST} ключей: отзовите ненужный.", most=MOST)
    _, text = ApiToken.objects.create(user=by, name=name)
    return text
