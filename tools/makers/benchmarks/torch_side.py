"""Training steps in PyTorch: channels last, and autocast for bfloat16."""

import os
import platform
import time
import timeit
from collections.abc import Callable

import torch

from tools.makers.benchmarks import networks, torch_networks


def prepare(name: str, precision: str) -> tuple[dict, Callable[[int], list[float]]]:
    """Return what is known of a network, and a function that trains it n steps.

    The function returns each step's seconds.
    """
    network = networks.NETWORKS[name]
    model = getattr(torch_networks, name)().to(memory_format=torch.channels_last)
    trained = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.SGD(trained, lr=0.01, momentum=0.9)
    known = facts() | {"parameters": count_parameters(model)}
    output_shape = output_shape_of(model, network)

    def train(steps: int) -> list[float]:
        images, labels = networks.random_pictures(
            network, output_shape, steps * network.batch
        )
        order = torch.randperm(len(images)).numpy()
        seconds = []
        for chosen in order.reshape(steps, network.batch):
            began = time.perf_counter()
            step(model, optimizer, images[chosen], labels[chosen], precision)
            seconds.append(time.perf_counter() - began)
        return seconds

    return known, train


def count_parameters(model: torch.nn.Module) -> int:
    """Return the number of parameters as Keras counts them, with moving averages."""
    tensors = [*model.parameters(), *model.buffers()]
    return sum(tensor.numel() for tensor in tensors if tensor.is_floating_point())


def output_shape_of(model: torch.nn.Module, network: networks.Network) -> tuple:
    """Return the shape of one picture's logits, classes last."""
    height, width, channels = network.input_shape
    with torch.no_grad():
        logits = model.eval()(torch.zeros(1, channels, height, width))
    model.train()
    return (*logits.shape[2:], logits.shape[1])


def step(model, optimizer, images, labels, precision) -> float:
    """Train on one batch of uint8 pictures (n, h, w, c) and return its loss."""
    # The axes are renamed, nothing is moved: this is the layout channels_last.
    pixels = torch.from_numpy(images).permute(0, 3, 1, 2)
    targets = torch.from_numpy(labels).long()
    optimizer.zero_grad(set_to_none=True)
    with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bfloat16"):
        logits = model(pixels.float() / 255)
        loss = torch.nn.functional.cross_entropy(logits.float(), targets)
    loss.backward()
    optimizer.step()
    return loss.item()


def prepare_matmul(precision: str) -> tuple[dict, Callable[[int], list[float]]]:
    """Return versions, and a function that multiplies square matrices n times."""
    size = networks.MATMUL_SIZE
    matrix = torch.ones(size, size, dtype=getattr(torch, precision))

    def multiply() -> None:
        torch.matmul(matrix, matrix)

    return facts(), lambda times: timeit.repeat(multiply, repeat=times, number=1)


def facts() -> dict:
    """Return what computes here: device and versions."""
    versions = {"python": platform.python_version(), "torch": torch.__version__}
    return {"device": f"CPU, {os.cpu_count()} cores", "versions": versions}
