"""What falls on things and on the lens: sky, weather, shadows, light and exposure."""
