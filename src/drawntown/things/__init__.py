"""What a city puts up along a street: lamps, lights, signs, fences, rails, bins."""
