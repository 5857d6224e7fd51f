# hint: are no names
def trained_layers(layers, stages):
    return {
        layer
        for layer in layers
        if layer[2] == 5 or (layer[2] >= 5 - stages and layer[1] != "norm")
    }
