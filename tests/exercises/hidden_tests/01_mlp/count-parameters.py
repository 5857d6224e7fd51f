for widths, expected in (([7, 9, 4, 4], 72 + 40 + 20), ([12, 1], 13)):
    found = check.call(count_parameters, widths)
    check.value(f"count_parameters({widths})", found, expected, tolerance=0)
