"""Who else has the same record open right now, and who is writing there: so that two people do not do the same thing twice.

It is remembered for half a minute and nowhere told: no journal, no list of who was where. It comes from the question every open
page asks anyway; most of those write nothing.
"""
