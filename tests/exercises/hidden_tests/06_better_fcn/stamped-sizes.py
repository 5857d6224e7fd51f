others = {(5, 4, 3): (16, 0, 1), (2, 7, 2): (9, 2, 3), (4, 3, 3): (12, 0, 0)}
for case, expected in others.items():
    found = check.call(stamped_sizes, *case)
    check.value(f"stamped_sizes{case}", found, expected, tolerance=0)
