"""What was written to us and what we wrote, in threads, filed on the customer it is about.

A message is stored once, however often and in however many mailboxes it is met, with the bytes it came as. It belongs to
nobody by itself: who may see it is said in `fedele/inbox/access.py`.
"""
