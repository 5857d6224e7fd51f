# hint: head's batch norm
def trained_layers(layers, stages):
    return {
        name
        for name, kind, stage in layers
        if stage >= 5 - stages and kind != "norm"
    }
