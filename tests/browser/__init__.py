"""The browser of the tests: that of the machine, else one from npm, kept in .venv/browser with axe."""
