"""The public register of who does not want to be called: which numbers were checked, when, and with what answer.

It is not the register itself, which answers files of numbers on its own site.
Numbers go out as a file, the answer comes back as one, and a list of numbers to call is released only when it is fresh.
"""
