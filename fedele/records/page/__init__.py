"""One record: its page with facts, timeline and panels, its forms, its verbs, and the way back from all of them."""
