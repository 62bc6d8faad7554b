"""What people do for customers, planned and done, on the calendar of each."""
