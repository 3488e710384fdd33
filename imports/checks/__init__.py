"""Checks of neutral rows, one per file. Each says why it exists and words its problem for people."""
