"""What every record of the product is: owned, numbered, versioned, journalled, trashed instead of deleted."""
