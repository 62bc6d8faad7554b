"""A file that came with a mail becomes a document of the customer: by one press, on the record the mail is filed with.

The mail keeps its file as it came; the document is taken like any upload, is stored once with it, and says which mail it is from.
"""
