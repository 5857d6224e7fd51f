"""Hand chapters out to a class, and grade what comes back, with nbgrader."""
