"""A profile («profilo») is what we know of a customer beyond their data: needs, habits, agreements, how they see us.

It is not the company's fields (what is so) but dated sayings with a source (what somebody told whom, and when): a new one
supersedes the last of its kind and the old ones stay. Every department writes it, in one line, on the customer's page.
"""
