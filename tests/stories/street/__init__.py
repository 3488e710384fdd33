"""A street of scripted casework: what people of one creditor did over a year, through the real actions, and what it comes to.

Each plot schedules its deeds day by day and states beside each, as plain numbers, what it adds to which indicator. What the
bills and payments come to is told by the town's own judge.
"""
