"""An open item («partita aperta») is a document of the accounts that is to be paid, or an instalment of it.

It is not an invoice with lines, and not a payment: it says what was due, when, and what of it is still missing.
It comes from an export of the accounting program, by file or API; the next export brings it up to date.
"""
