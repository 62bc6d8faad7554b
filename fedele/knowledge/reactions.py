"""What this department does when something happens elsewhere."""
