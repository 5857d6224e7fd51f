"""The classes of a drawn street's pixels, numbered as its mask holds them."""

# Number 0 is void: what no class names, such as the bonnet of the camera's own car.
NAMES = (
    *("static", "road", "sidewalk", "parking", "building", "wall", "fence"),
    *("guard rail", "bridge", "pole", "traffic light", "traffic sign"),
    *("vegetation", "terrain", "sky", "person", "rider"),
    *("car", "truck", "bus", "motorcycle", "bicycle"),
)
LABEL = {name: number for number, name in enumerate(NAMES)}
