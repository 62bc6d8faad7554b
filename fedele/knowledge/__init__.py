"""What the company knows in writing: documents on customers and on what is done for them."""
