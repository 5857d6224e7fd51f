for seconds, expected in ((3, 1), (6, 2), (30, 1.1736482), (60, 0), (61, 0)):
    found = check.call(rate_at, seconds, 60, 2.0)
    check.value(f"rate_at({seconds}, 60, 2.0)", found, expected)
