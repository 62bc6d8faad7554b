"""What becomes of a mail that came in: which thread it continues, whose customer it is from, who is told.

One transaction takes one mail, whole, before anything is said to the server it came from. Nothing is believed because a
mail says so: a stranger who knows a Message-ID of ours does not enter that thread, and what claims to be a colleague's is
outside mail unless it came to the address only colleagues know.
"""
