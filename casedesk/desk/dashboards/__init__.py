"""Boards (сводки): how the debt, the way to court and the money stand, for the municipality, a creditor, an officer."""
