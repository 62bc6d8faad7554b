"""Roles: for each record type how far each right reaches, and which fields stay hidden."""
