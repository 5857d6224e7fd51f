for case, expected in (((6, 20, 4, 3, 5), (245, 28_800)), ((2, 3, 1, 1, 1), (2, 6))):
    found = check.call(conv_cost, *case)
    check.value(f"conv_cost{case}", found, expected, tolerance=0)
