"""The road, what is painted on it, and what lies beside it."""
