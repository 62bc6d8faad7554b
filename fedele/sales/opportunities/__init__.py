"""An opportunity is a possible sale: to whom, of how much, how likely, by when.

It is not a quote (a document with prices) nor a lead (a name without a need yet).
It comes from a converted lead or is opened on a company's page.
"""
