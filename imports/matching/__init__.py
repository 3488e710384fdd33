"""Payment purposes, names and addresses -> proceeding, writ, account: with reasons and a measure of certainty."""
