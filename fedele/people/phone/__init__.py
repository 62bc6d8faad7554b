"""The customer in one screen while the phone rings: who they are to us, what they bought, what is open, what was promised.

It is made of the headings departments declare for briefings, in the order in which they are asked. It keeps nothing of its own.
"""
