"""What a person may ask of a company that keeps data about them, and what the company owes without being asked.

Requests with their month, the whole file of one person, erasure that leaves the accounts, periods after which names go, the
register of processing, and who looked at whom. It is not about who may be written to or called: that is `people/consents`.
"""
