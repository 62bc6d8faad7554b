"""Where mail and conversations stand in the menu."""
