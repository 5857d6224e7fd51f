others = {(5, 3, 1): [1, 2, 3, 3, 3, 2, 1], (3, 2, 4): [1, 1, 0, 0] * 2 + [1, 1]}
for case, expected in others.items():
    found = check.call(overlaps, *case)
    check.value(f"overlaps{case}", found, expected, tolerance=0)
