"""Bank statements: documents of money in and out, read and told apart by our own accounts."""
