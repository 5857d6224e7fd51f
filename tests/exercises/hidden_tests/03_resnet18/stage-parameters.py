for case, expected in (((16, 32, 3), 51_648), ((8, 8, 1), 1_184)):
    found = check.call(stage_parameters, *case)
    check.value(f"stage_parameters{case}", found, expected, tolerance=0)
