"""A sales process is the way a kind of sale goes: its stages, in order, each with its probability and usual length."""
