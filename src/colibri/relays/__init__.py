"""Standing offers, the day's plan, boosts and their undoing, the evening digest."""
