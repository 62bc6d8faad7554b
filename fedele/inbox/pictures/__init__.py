"""A picture that stands in the text of a letter, a template or a signature: the logo, a photo of the part that broke.

It is not a file that goes along (that is an attachment) and not a document. It is drawn anew when it is brought, so nothing a
camera wrote into it leaves; with a letter that is sent it becomes a part of that letter, seen by whoever may read it.
"""
