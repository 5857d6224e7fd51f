# hint: head is always trained
def trained_layers(layers, stages):
    return {
        name
        for name, kind, stage in layers
        if 5 - stages <= stage < 5 and kind != "norm"
    }
