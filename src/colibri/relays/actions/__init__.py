"""What changes offers, plans, boosts and digests."""
