"""Notices on one's devices while Fedele is closed: Web Push (RFC 8030, 8291, 8292), with keys of our own.

A browser that was allowed to show notices gives us an address of its maker's push service. We hand it the notice,
encrypted for that browser alone. A device is tied to the session in which it was added: signed out, it hears nothing.
"""
