"""What can be measured, a module per kind of fact. Importing the package fills the catalogue."""

from casedesk.plans.indicators import bills, claims, collection, debt, notices

__all__ = ["bills", "claims", "collection", "debt", "notices"]
