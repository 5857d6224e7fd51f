others = [("a", "norm", 4), ("b", "dense", 5), ("c", "convolution", 4)]
others += [("d", "norm", 5), ("e", "convolution", 3), ("f", "convolution", 2)]
for stages, expected in ((0, "bd"), (1, "bcd"), (2, "bcde"), (3, "bcdef")):
    if check.call(trained_layers, others, stages) != set(expected):
        raise check.NotYet(f"trained_layers of other layers, stages={stages}: not yet.")
