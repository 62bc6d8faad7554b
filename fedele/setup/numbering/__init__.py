"""The patterns by which records are numbered."""
