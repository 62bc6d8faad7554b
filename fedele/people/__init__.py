"""The customers' register: companies, the people in them, and the names that may become customers.

A company or a contact is somebody we know; a lead is a business card, bought or collected, that has yet to show
interest. A lead worked well is converted: into a company, a contact and an opportunity, with all its history.
Marketing, sales, delivery and service all look at these same records.
"""
