for case, expected in (((6, True, False), 1_278), ((6, False, True), 1_008)):
    found = check.call(expansion_parameters, *case)
    check.value(f"expansion_parameters{case}", found, expected, tolerance=0)
