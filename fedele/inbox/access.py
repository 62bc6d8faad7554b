"""Who sees what mail.

A message is seen by whose mailbox it came to (its owner, its team, or everybody for a mailbox of everybody), by who is to
answer it, and – once it is filed – by whoever may see the company, contact or lead it is filed on: the customer's page is
one for all. What is marked as confidential stays with the first two. Nobody, administrators included, sees what is in a
colleague's own mailbox and on no customer; such mail is not even stored.

`view` opens mail at all, `create` writes and sends, `edit` files, assigns and puts aside what one sees. The reach of these
rights says only yes or no: which messages follows from the rule above. `fedele/inbox/messages/filed.py` is that rule as a
condition.
"""

from fedele.access.roles import allow

for role in ("director", "sales_lead", "sales_rep", "marketing", "service", "office"):
    allow(role, "message", view="all", edit="all", create="all", delete="none", export="none")
allow("technician", "message", view="all", edit="all", create="all", delete="none", export="none")

allow("director", "mailtemplate", view="all", edit="all", create="all", delete="all", export="all")
for role in ("marketing", "office", "sales_lead"):
    allow(role, "mailtemplate", view="all", edit="all", create="all", delete="all", export="all")
for role in ("sales_rep", "service", "technician"):
    allow(role, "mailtemplate", view="all", edit="own", create="all", delete="own", export="none")
