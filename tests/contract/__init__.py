"""The contract: every declared record type through every door, as each of the cast. A new concept is tested by being declared."""
