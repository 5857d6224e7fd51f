# hint: not base 10
def cross_entropy(probabilities, labels):
    return -np.log10(probabilities[np.arange(len(labels)), labels]).mean()
