"""The work queue of duplicates: pairs of records that are perhaps the same, gathered into groups, and what people decided.

It is not the comparison (that is `engine`) nor the merge (that is `records.merging`): it proposes, shows why, and remembers.
"""
