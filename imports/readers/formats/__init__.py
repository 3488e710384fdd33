"""One reader per file format: bytes -> `Book`."""
