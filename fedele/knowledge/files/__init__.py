"""A stored file is what some bytes are, kept once: whoever has the same letter twice points at the same one.

It is not a document (that has a name, versions and a customer) and has no door of its own: whoever points at one by a foreign
key checks who may see it, and hands it out with `handed_out(stored, name)`. Files come from people, mail, and our own making.

    stored = StoredFile.keep(uploaded)        # or bytes; before the transaction that points at it
    file = models.ForeignKey("knowledge.StoredFile", on_delete=models.PROTECT, related_name="+")
    return handed_out(stored, name, request)
"""
