"""A contact is a person; through roles it belongs to one or more companies, from one day to another.

It is not a lead: a contact is somebody the company already deals with.
It comes from a converted lead, an import, or is typed in.
"""
