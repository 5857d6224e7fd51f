"""The map of the house, made from its imports: `python -m tools.makers.map`."""
