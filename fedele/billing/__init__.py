"""Billing knows what customers owe and what they dispute, so that sales and service know it before they call.

The accounts stay in the accounting program: its open items are read from a file or by the API, never kept here by hand.
A dispute about them is ours: opened, followed, settled, with its documents.
"""
