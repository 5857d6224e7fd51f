"""The course's networks as they are written in PyTorch, for the comparison of speed.

Each function has a builder's name and returns a module from pixels 0 to 1,
(n, c, h, w), to logits (n, classes) or (n, classes, h, w). The layers and the numbers
of weights are the builder's; the initial weights are PyTorch's.
"""

import torch
from torch import nn

UNITS = (256, 128, 64, 32)
# ResNet-50: width and number of blocks of each stage.
STAGES = ((64, 3), (128, 4), (256, 6), (512, 3))
CATEGORIES = 7


def build_mlp() -> nn.Module:
    layers = [nn.Flatten()]
    for inputs, units in zip((3072, *UNITS), UNITS, strict=False):
        layers += [nn.Linear(inputs, units), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(UNITS[-1], 10))


def build_better_mlp() -> nn.Module:
    return nn.Sequential(nn.Flatten(), *better_head(3072))


def better_head(inputs: int) -> list[nn.Module]:
    layers = []
    for index, units in enumerate(UNITS):
        layers += [nn.Linear(inputs, units), nn.ReLU()]
        layers.append(nn.Dropout(0.2) if index % 2 else nn.BatchNorm1d(units))
        inputs = units
    return [*layers, nn.Linear(inputs, 10)]


def build_cnn() -> nn.Module:
    layers, channels = [], 3
    for wider in (64, 128, 256):
        for inputs in (channels, wider):
            layers += [nn.Conv2d(inputs, wider, 3, padding=1), nn.ReLU()]
        layers.append(nn.MaxPool2d(2))
        channels = wider
    return nn.Sequential(*layers, nn.Flatten(), *better_head(4 * 4 * channels))


def build_resnet18() -> nn.Module:
    stem = [*convolution(3, 64, 3, 1), nn.ReLU()]
    pool = [nn.AdaptiveAvgPool2d(1), nn.Flatten()]
    return nn.Sequential(*stem, *blocks(), *pool, nn.Linear(512, 10))


def build_resnet18_segmenter() -> nn.Module:
    stem = [*convolution(3, 64, 7, 2), nn.ReLU(), nn.MaxPool2d(3, 2, padding=1)]
    return nn.Sequential(*stem, *blocks(), *decoder(512))


def blocks() -> list[nn.Module]:
    """Return the eight blocks of ResNet-18."""
    listed, channels = [], 64
    for stage, wider in enumerate((64, 128, 256, 512)):
        for block in range(2):
            strides = 2 if stage and not block else 1
            listed.append(Block(channels, wider, strides))
            channels = wider
    return listed


class Block(nn.Module):
    """Return relu(F(x) + x): F is two 3×3 convolutions with batch norm."""

    def __init__(self, inputs: int, channels: int, strides: int):
        super().__init__()
        self.inner = nn.Sequential(
            *convolution(inputs, channels, 3, strides),
            nn.ReLU(),
            *convolution(channels, channels, 3, 1),
        )
        self.shortcut = nn.Identity()
        if strides != 1 or inputs != channels:
            self.shortcut = nn.Sequential(*convolution(inputs, channels, 1, strides))

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        return torch.relu(self.inner(maps) + self.shortcut(maps))


def convolution(
    inputs: int, channels: int, kernel: int, strides: int, bias: bool = False
) -> list[nn.Module]:
    """Return a convolution and its batch norm."""
    return [
        nn.Conv2d(inputs, channels, kernel, strides, kernel // 2, bias=bias),
        nn.BatchNorm2d(channels),
    ]


def build_fast_cnn() -> nn.Module:
    layers, channels = [nn.Conv2d(3, 24, 2, bias=False), nn.ReLU()], 24
    for wider in (64, 256, 256):
        for position in (1, 2):
            layers.append(nn.Conv2d(channels, wider, 3, padding=1, bias=False))
            if position == 1:
                layers.append(nn.MaxPool2d(2))
            norm = nn.BatchNorm2d(wider)
            norm.register_parameter("weight", None)  # it shifts only
            layers += [norm, nn.ReLU()]
            channels = wider
    pool = [nn.AdaptiveMaxPool2d(1), nn.Flatten()]
    return nn.Sequential(*layers, *pool, nn.Linear(channels, 10, bias=False))


def build_transfer() -> nn.Module:
    pool = [nn.AdaptiveAvgPool2d(1), nn.Flatten()]
    return OnResNet50(*pool, *better_head(2048))


def build_fcn() -> nn.Module:
    larger = nn.Upsample(size=(128, 128), mode="bilinear")
    return OnResNet50(nn.Conv2d(2048, CATEGORIES, 1), larger)


def build_better_fcn() -> nn.Module:
    return OnResNet50(*decoder(2048))


class OnResNet50(nn.Module):
    """Return what a head makes of a frozen ResNet-50's last maps."""

    def __init__(self, *head: nn.Module):
        super().__init__()
        stem = [*convolution(3, 64, 7, 2, bias=True), nn.ReLU()]
        layers, channels = [*stem, nn.MaxPool2d(3, 2, padding=1)], 64
        for stage, (width, count) in enumerate(STAGES):
            for block in range(count):
                strides = 2 if stage and not block else 1
                layers.append(Bottleneck(channels, width, strides))
                channels = 4 * width
        self.backbone = nn.Sequential(*layers).requires_grad_(False)
        self.head = nn.Sequential(*head)

    def train(self, mode: bool = True) -> nn.Module:
        """Set the mode of the head; batch norm of the backbone stays as it is."""
        super().train(mode)
        self.backbone.eval()
        return self

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            maps = self.backbone(pixels)
        return self.head(maps)


def decoder(inputs: int) -> list[nn.Module]:
    """Return transposed convolutions from maps halved five times to full size."""
    layers = []
    for channels in (256, 128, 64, 32, 16):
        layers += [nn.ConvTranspose2d(inputs, channels, 3, 2, 1, 1), nn.ReLU()]
        inputs = channels
    return [*layers, nn.Conv2d(inputs, CATEGORIES, 1)]


class Bottleneck(nn.Module):
    """Return relu(F(x) + x) as in Keras' ResNet-50: 1×1, 3×3 and 1×1, with biases."""

    def __init__(self, inputs: int, width: int, strides: int):
        super().__init__()
        self.inner = nn.Sequential(
            *convolution(inputs, width, 1, strides, bias=True),
            nn.ReLU(),
            *convolution(width, width, 3, 1, bias=True),
            nn.ReLU(),
            *convolution(width, 4 * width, 1, 1, bias=True),
        )
        self.shortcut = nn.Identity()
        if inputs != 4 * width:
            projection = convolution(inputs, 4 * width, 1, strides, bias=True)
            self.shortcut = nn.Sequential(*projection)

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        return torch.relu(self.inner(maps) + self.shortcut(maps))


def build_unet() -> nn.Module:
    return UNet()


class UNet(nn.Module):
    """Return logits of pixels: four levels down, and up again with what was seen."""

    def __init__(self):
        super().__init__()
        widths = (64, 128, 256, 512)
        inputs = (3, *widths[:-1])
        self.down = nn.ModuleList(map(pair, inputs, widths))
        self.bottom = pair(512, 1024)
        self.halves = nn.ModuleList(nn.Conv2d(2 * w, w, 2) for w in widths)
        self.up = nn.ModuleList(pair(2 * w, w) for w in widths)
        self.logits = nn.Conv2d(64, CATEGORIES, 1)

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        levels = []
        for level in self.down:
            levels.append(level(maps))
            maps = nn.functional.max_pool2d(levels[-1], 2)
        maps = self.bottom(maps)
        for level in (3, 2, 1, 0):
            maps = nn.functional.interpolate(maps, scale_factor=2)
            padded = nn.functional.pad(maps, (0, 1, 0, 1))  # as "same" for 2×2
            maps = torch.relu(self.halves[level](padded))
            maps = self.up[level](torch.cat([levels[level], maps], dim=1))
        return self.logits(maps)


def pair(inputs: int, channels: int) -> nn.Sequential:
    """Return two 3×3 convolutions, each with ReLU."""
    first = nn.Conv2d(inputs, channels, 3, padding=1)
    second = nn.Conv2d(channels, channels, 3, padding=1)
    return nn.Sequential(first, nn.ReLU(), second, nn.ReLU())
