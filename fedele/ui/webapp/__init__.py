"""Fedele on the home screen of a phone: manifest and icons, the service worker, and what stays readable without a network.

The worker keeps pages that the server marked as readable later (`keeping.py`), apart for each session. It forgets them
when the session is another one or over, and a page that is answered with 403, 404 or 410. Nothing is written offline.
"""
