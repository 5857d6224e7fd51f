for shape, expected in (((5, 1, 4, 9), 0.1**0.5), ((50, 3), 0.2)):
    found = check.call(he_spread, shape)
    check.value(f"he_spread({shape})", found, expected)
