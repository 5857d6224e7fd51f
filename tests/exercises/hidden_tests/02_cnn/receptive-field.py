others = {11: [(5, 1), (3, 2), (3, 2), (1, 1)], 5: [(2, 3), (2, 1)], 1: []}
for expected, stack in others.items():
    found = check.call(receptive_field, stack)
    check.value(f"receptive_field({stack})", found, expected, tolerance=0)
