"""The models of this department."""
