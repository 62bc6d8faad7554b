"""What comes from another app of the phone by its "Share": photos, PDFs, address cards, links, text.

It waits for its owner to say where it belongs: files become documents of that record, text a note on it, a card a new
contact or lead. What nobody chose a place for is gone after a day.
"""
