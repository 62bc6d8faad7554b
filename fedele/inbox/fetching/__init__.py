"""Reads mailboxes by IMAP: stored and committed here first, then – perhaps – marked there; never deleted there.

How far a folder was read, and what became of each message, is written in the transaction that stores it. So nothing is lost
and nothing doubled, wherever the process is killed, however many there are, and when the server numbers anew.
"""
