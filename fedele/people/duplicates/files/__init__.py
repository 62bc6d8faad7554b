"""The engine over any file of people or companies, for `fedele duplicates` and for measuring.

`columns` finds out what each column holds, `rows` makes identities of rows, `comparing` gives the pairs and groups.
Nothing is stored.
"""
