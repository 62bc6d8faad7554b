"""Who keeps mailboxes and lets programs in by a sign-in of their own: Microsoft 365, Google, or any other that speaks OAuth 2.0.

An administrator registers Fedele there once. A mailbox is then connected by its owner signing in there; what Fedele keeps of
it is a permission (`Grant`) instead of a password: renewed by itself, taken back there at any time, and never shown.
"""
