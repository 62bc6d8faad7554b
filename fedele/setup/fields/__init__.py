"""Fields a company adds to the record types."""
