# hint: use NumPy
def softmax(logits):
    return keras.ops.softmax(logits, axis=1)
