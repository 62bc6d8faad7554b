"""Activities as programs for calendars write them (RFC 5545), and what those programs write, read with care.

It knows neither invitations nor addresses: only how one appointment looks in such a file.
"""
