"""Who may do what with activities. Colleagues see what is planned with a customer they see; one changes one's own."""

from fedele.access.roles import allow

allow("director", "activity", view="all", edit="all", create="all", delete="all", export="all")
allow("sales_lead", "activity", view="all", edit="below", create="all", delete="below", export="below")
allow("office", "activity", view="all", edit="all", create="all", delete="all", export="all")
for role in ("sales_rep", "marketing", "service"):
    allow(role, "activity", view="all", edit="own", create="all", delete="own", export="own")
allow("technician", "activity", view="all", edit="own", create="all", delete="own", export="none")
