# hint: rows are the truth
def class_accuracies(confusion):
    return np.diag(confusion) / confusion.sum(axis=0)
