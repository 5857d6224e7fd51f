"""People and vehicles: how they look, and where they walk, drive and park."""
