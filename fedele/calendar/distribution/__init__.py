"""Who has room: the load of each colleague and their free hours, beside whatever hands out work, and the page that hands it out.

It keeps nothing; it warns and never forbids. Who gives work to somebody who is full, or away, may have a reason.
"""
