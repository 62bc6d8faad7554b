"""Who may do what with opportunities: a rep works their own and sees the team's, a lead guides the team."""

from fedele.access.roles import allow

allow("director", "opportunity", view="all", edit="all", create="all", delete="all", export="all")
allow("sales_lead", "opportunity", view="below", edit="below", create="all", delete="below", export="below")
allow("sales_rep", "opportunity", view="team", edit="own", create="all", delete="own", export="own")
allow("marketing", "opportunity", view="all", edit="none", create="none", delete="none", export="all")
allow("office", "opportunity", view="all", edit="all", create="all", delete="all", export="all")
allow("service", "opportunity", view="all", edit="none", create="none", delete="none", export="none")
