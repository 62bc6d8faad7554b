"""Mail that is written here: to a customer from their page, or as an answer in a thread; and how it leaves.

It is stored, with the Message-ID it will bear, before any server hears of it, and every step after that is stored too: so it
leaves once, and what is not certain is said and left to its author. Texts used again and again are templates.
"""
