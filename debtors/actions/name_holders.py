"""Make a debtor of the holder that the register prints, for accounts that name nobody as liable.

A claim is brought against a person. Most registers print only a name beside the account; that name becomes a debtor who
answers alone until somebody names the owners, the shares and the family.
"""

from collections.abc import Iterable

from django.db import transaction

from casedesk.access.models import User
from casedesk.common.bulk import insert_with_history
from casedesk.common.text import search_key
from debtors.models import Category, Debtor, Liability, UtilityAccount

KINDS = {Category.OWNER: Debtor.Kind.CITIZEN, Category.SOCIAL_TENANT: Debtor.Kind.CITIZEN}
GROUNDS = {Category.SOCIAL_TENANT: Liability.Ground.TENANT}


@transaction.atomic
def name_holders(*, account_ids: Iterable[int], by: User | None) -> int:
    """Create a debtor and a joint liability for each account without any; return how many. A fixed number of statements."""
    bare = UtilityAccount.objects.filter(pk__in=list(account_ids), liabilities=None).exclude(holder_name="").order_by("pk")
    accounts = list(bare)
    if not accounts:
        return 0
    people = [
        Debtor(
            kind=KINDS.get(account.category, Debtor.Kind.ORGANISATION),
            name=account.holder_name,
            search=search_key(account.holder_name, ""),
        )
        for account in accounts
    ]
    people = insert_with_history(people, by=by)
    liable = [
        Liability(account=account, debtor=person, ground=GROUNDS.get(account.category, Liability.Ground.OWNER))
        for account, person in zip(accounts, people, strict=True)
    ]
    insert_with_history(liable, by=by)
    return len(accounts)
