found = check.call(map_sizes, 7, 33, 4)
expected = [(4, 17), (2, 9), (1, 5), (1, 3)]
check.value("map_sizes(7, 33, 4)", found, expected, tolerance=0)
