"""Making calls: one call with its numbers and the form for how it went, and all calls of the day one after the other.

A call is an activity; nothing is kept here. It starts from Today.
"""
