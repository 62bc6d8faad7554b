"""What is said: mail from and to customers, and what colleagues tell each other about a record."""
