"""Who sees what customers owe.

Whoever may see any open item at all, if only their own, sees the warnings and the totals of every customer: who sells
and who answers must know them. The items behind a total are seen as far as the right reaches.
"""

from fedele.access.roles import allow

for billed in ("openitem", "dispute"):
    allow("director", billed, view="all", edit="all", create="all", delete="all", export="all")
    allow("office", billed, view="all", edit="all", create="all", delete="all", export="all")

allow("sales_lead", "openitem", view="below", edit="below", create="all", delete="none", export="below")
allow("sales_lead", "dispute", view="all", edit="below", create="all", delete="none", export="below")
allow("sales_rep", "openitem", view="team", edit="own", create="all", delete="own", export="own")
allow("sales_rep", "dispute", view="all", edit="own", create="all", delete="own", export="own")
allow("service", "openitem", view="all", edit="none", create="none", delete="none", export="none")
allow("service", "dispute", view="all", edit="own", create="all", delete="none", export="none")
allow("marketing", "dispute", view="all", edit="none", create="none", delete="none", export="none")
