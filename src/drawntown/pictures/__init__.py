"""Whole pictures: a street with its mask, one thing in its street, many of each."""
