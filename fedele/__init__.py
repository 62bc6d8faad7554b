"""Fedele, a CRM for companies that sell and then look after what they sold."""

__version__ = "0.1.0"
