"""Files of bailiffs and courts: replies to a reconciliation, extracts of the data bank, registers of writs, rulings in XML."""
