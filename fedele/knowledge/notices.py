"""Whom this department tells what."""
