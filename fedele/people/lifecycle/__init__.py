"""The life cycle of a customer: prospect, first-time buyer, renewal, loyal, at risk, lost.

Nobody types it. It follows from what a company bought and from signs of trouble, which each department gives, by rules the
company sets in setup; it always says why, and since when. The kind of a company (customer, supplier, …) people choose themselves.
"""
