"""A dispute («contenzioso») is a disagreement about money with a customer: goods damaged, a wrong price, a payment not found.

It is not a ticket (what does not work) nor a reminder (what is merely late). It is opened here, about open items or
none, and ends agreed, credited, rejected or closed, with its documents.
"""
