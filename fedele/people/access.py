"""Who may do what with customers. Everybody who works here sees the same companies and contacts: that is the idea."""

from fedele.access.roles import allow

for shared in ("company", "contact"):
    allow("director", shared, view="all", edit="all", create="all", delete="all", export="all")
    allow("sales_lead", shared, view="all", edit="all", create="all", delete="below", export="below")
    allow("sales_rep", shared, view="all", edit="all", create="all", delete="own", export="own")
    allow("marketing", shared, view="all", edit="all", create="all", delete="own", export="all")
    allow("service", shared, view="all", edit="all", create="all", delete="none", export="none")
    allow("technician", shared, view="all", edit="none", create="none", delete="none", export="none")
    allow("office", shared, view="all", edit="all", create="all", delete="all", export="all")

allow("director", "lead", view="all", edit="all", create="all", delete="all", export="all")
allow("sales_lead", "lead", view="below", edit="below", create="all", delete="below", export="below")
allow("sales_rep", "lead", view="team", edit="own", create="all", delete="own", export="own")
allow("marketing", "lead", view="all", edit="all", create="all", delete="all", export="all")
allow("office", "lead", view="all", edit="all", create="all", delete="all", export="all")
allow("service", "lead", view="all", edit="none", create="all", delete="none", export="none")

for role in ("director", "marketing", "office"):
    allow(role, "purchasedlist", view="all", edit="all", create="all", delete="all", export="all")
allow("sales_lead", "purchasedlist", view="all", edit="below", create="all", delete="below", export="below")
allow("sales_rep", "purchasedlist", view="all", edit="own", create="all", delete="own", export="none")
allow("service", "purchasedlist", view="all", edit="none", create="none", delete="none", export="none")

allow("director", "privacyrequest", view="all", edit="all", create="all", delete="all", export="all")
allow("office", "privacyrequest", view="all", edit="all", create="all", delete="none", export="all")
for asked in ("sales_rep", "sales_lead", "marketing", "service"):
    allow(asked, "privacyrequest", view="all", edit="own", create="all", delete="own", export="own")

# `view` sees what people said, `create` writes down what they say, `edit` keeps texts, purposes and the register checks.
for keeper in ("director", "marketing", "office"):
    allow(keeper, "consent", view="all", edit="all", create="all", delete="none", export="all")
for speaker in ("sales_lead", "sales_rep", "service"):
    allow(speaker, "consent", view="all", edit="none", create="all", delete="none", export="none")
allow("technician", "consent", view="all", edit="none", create="all", delete="none", export="none")
