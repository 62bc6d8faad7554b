"""Is everything as it should be? Said in words, with what to do."""
