"""Who may do what with documents: whoever sees a record sees what lies on it, and may add to it.

What is said here of a role is the most it may do; who may not see the record sees nothing that lies on it, whatever stands here.
"""

from fedele.access.roles import allow

for role in ("director", "office"):
    allow(role, "document", view="all", edit="all", create="all", delete="all", export="all")
allow("sales_lead", "document", view="all", edit="all", create="all", delete="below", export="below")
for role in ("sales_rep", "marketing", "service"):
    allow(role, "document", view="all", edit="all", create="all", delete="own", export="own")
allow("technician", "document", view="all", edit="all", create="all", delete="own", export="none")
