"""Colleagues: invited, never signed up; switched off, never deleted."""
