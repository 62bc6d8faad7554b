"""Where administrators fit the product to their company: people and what they may do, fields, numbers, and its health.

Every change here leaves a line in the audit. Departments add pages of their own: access/administration.py.
"""
