# hint: stem is no stage
def trained_layers(layers, stages):
    return {
        name
        for name, kind, stage in layers
        if kind != "norm" and (stage == 0 or stage >= 5 - stages) or stage == 5
    }
