"""One module per layout of a table: `Book` -> rows."""
