"""A portfolio passes from one colleague to others in one act, on a day, with what there is to know about each customer.

Who gives chooses what goes and how it is divided; a briefing is written for each customer as things stand that day. Who receives
confirms customer by customer, both see how far it is, and the whole act can be taken back.
"""
