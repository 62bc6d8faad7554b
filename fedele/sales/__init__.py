"""Sales turns interest into orders.

An opportunity is a possible sale to a company. It moves through the stages of a sales process; the board shows where
every one stands and what the stages add up to. It ends won or lost, with the reason, and both remember when.
"""
