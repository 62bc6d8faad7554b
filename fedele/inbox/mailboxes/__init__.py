"""An address mail is read from and sent with: one's own, a team's, or everybody's.

A shared mailbox (info@, ordini@) is a queue: what comes from people nobody knows waits there for somebody. A personal one
gives Fedele only what was exchanged with people who are known; the rest is nobody's business and is not stored.
"""
