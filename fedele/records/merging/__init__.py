"""Two to five records of one type become one: field by field, with all that points at them, and for 30 days back again.

What was merged lies where the trash lies and leads to the record that remained, at every door. A department says with
`RecordType.merge` how its records are merged and with `@merges` what becomes of rows that cannot simply be moved along.
"""
