"""The calendar: what colleagues have planned, by day, week, month and person, and moving it.

It keeps nothing of its own: it shows activities, and moving one is a verb of the activity. Everything it shows as a grid stands
in a list beside it, too, with the same acts.
"""
