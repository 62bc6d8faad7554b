"""Kept totals: how many records, and how much money, in each lane, state, owner and team.

A list says how many there are and a board what its lanes add up to without counting a million rows. The database
itself keeps the totals, with triggers: whatever way a row is written, its difference is written with it in the same
transaction. Differences are only ever added, so two people working at once never wait for each other; a job folds
them together every so often. docs/decisions/0009-kept-totals.md
"""
