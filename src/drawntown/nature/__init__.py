"""What grows: bushes and trees."""
