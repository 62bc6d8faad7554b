"""Who did what, when, from what to what: the journal as administrators read it."""
