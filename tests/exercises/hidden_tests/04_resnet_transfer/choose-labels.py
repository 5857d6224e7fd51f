others = np.array([7, 2, 2, 7, 2, 9, 9, 7, 9, 2])
for seed in range(100, 110):
    found = check.call(choose_labels, others, 2, seed)
    counts = [int(np.sum(others[np.unique(found)] == label)) for label in (2, 7, 9)]
    check.value("choose_labels of labels 2, 7 and 9: of each", counts, [2, 2, 2])
