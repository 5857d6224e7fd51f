# hint: not per cent
def class_accuracies(confusion):
    return 100 * np.diag(confusion) / confusion.sum(axis=1)
