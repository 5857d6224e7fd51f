# hint: stays in inference mode
def trained_layers(layers, stages):
    return {
        name
        for name, kind, stage in layers
        if stage >= 5 - stages
    }
