"""What colleagues write to each other about a record, on the record: office to field and back, with names called by @.

It is not mail (nothing leaves the house) and not a note (somebody is meant to read it). Each message is told in the record's
journal, so it stands in its timeline and in its customer's; who may see the record may read and write, nobody else.
"""
