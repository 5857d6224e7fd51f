for case, expected in (((10, 3, 7), 202), ((8, 2, 8), 68)):
    found = check.call(bottleneck_weights, *case)
    check.value(f"bottleneck_weights{case}", found, expected, tolerance=0)
