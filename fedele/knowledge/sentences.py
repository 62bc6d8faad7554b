"""What its entries say."""
