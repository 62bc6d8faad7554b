"""A document is a file with a name, on a record: a signed contract, a drawing, a photo of the damage; with all its versions.

It is not a stored file (mere bytes, kept once) nor an attachment of a mail (which belongs to the mail). People drop it onto the
page of a record, and whoever sees that record sees it. Its words are found by search, its pages shown without opening it.
"""
