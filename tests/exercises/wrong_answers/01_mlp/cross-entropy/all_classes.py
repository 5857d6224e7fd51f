# hint: Only the right class
def cross_entropy(probabilities, labels):
    return -np.log(probabilities).mean()
