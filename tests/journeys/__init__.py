"""Stories in a real browser, across departments."""
