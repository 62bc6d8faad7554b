"""A company is an organisation we deal with: customer, prospect, supplier, partner or agent.

It is not a person (that is a contact) nor a name not yet qualified (that is a lead).
It comes from a converted lead, an import, or is typed in.
"""
