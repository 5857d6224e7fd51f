"""What the recorded runs are made of."""

import numpy as np
import pytest

from tools.measure import experiment, resnet


class Linear:
    """A stand-in for a model: logits are fixed sums of pixels."""

    def __init__(self, shape):
        self.weights = np.random.default_rng(1).normal(size=(np.prod(shape), 10))

    def predict(self, images, batch_size, verbose):
        return images.reshape(len(images), -1) @ self.weights


def moved(images, rows, columns):
    """Move pictures by whole pixels; the edge is filled by mirroring."""
    height, width = images.shape[1:3]
    above = np.abs(np.arange(height) + rows)
    left = np.abs(np.arange(width) + columns)
    above = np.where(above > height - 1, 2 * (height - 1) - above, above)
    left = np.where(left > width - 1, 2 * (width - 1) - left, left)
    return images[:, above][:, :, left]


@pytest.mark.parametrize("views", [1, 2, 6])
def test_views_of_a_picture_are_averaged_with_their_weights(views):
    images = np.random.default_rng(0).integers(0, 256, (200, 5, 7, 3)).astype(float)
    model = Linear(images.shape[1:])
    weighted = [(images, 1.0), (images[:, :, ::-1], 1.0)][:views]
    if views == 6:
        for step in (-1, 1):
            shifted = moved(images, step, step)
            weighted += [(shifted, 0.5), (shifted[:, :, ::-1], 0.5)]
    logits = sum(share * model.predict(view, 500, 0) for view, share in weighted)
    labels = logits.argmax(axis=1)
    assert experiment.accuracy(model, images, labels, views) == 1.0
    other = 1 if views != 1 else 2
    assert experiment.accuracy(model, images, labels, other) < 0.95


def test_halved_pictures_are_means_of_two_by_two():
    images = np.arange(2 * 4 * 6 * 1, dtype="uint8").reshape(2, 4, 6, 1)
    part = images, np.array([0, 1])
    halved = resnet.halved(experiment.Pictures(part, part, part)).train[0]
    assert halved.shape == (2, 2, 3, 1)
    corner = np.mean(
        [images[1, 2, 4], images[1, 2, 5], images[1, 3, 4], images[1, 3, 5]]
    )
    assert halved[1, 1, 2, 0] == np.round(corner)


def test_the_whole_is_the_training_and_the_validation_pictures():
    parts = [(np.full((n, 2, 2, 3), n), np.full(n, n)) for n in (3, 2, 4)]
    whole = resnet.whole(experiment.Pictures(*parts))
    assert whole.train[0][:, 0, 0, 0].tolist() == whole.train[1].tolist()
    assert whole.train[1].tolist() == [3, 3, 3, 2, 2]
    assert whole.validation is None
    assert whole.test is parts[2]


def test_the_search_has_the_published_rows():
    assert len(resnet.PUBLISHED) == 11
    assert max(resnet.PUBLISHED, key=resnet.PUBLISHED.get) == "Adam 0.0001/16/15"
    assert len({row for row in resnet.SEARCH if row[0] == "SGD"}) == 3


def test_each_step_of_the_recipe_changes_the_training_before_it():
    names = [e.model for e in resnet.steps() if e.seed == 0]
    assert [int(name.split()[1][:-1]) for name in names] == list(range(10))
    kinds = [type(resnet.recipe_optimizer(n, 10)).__name__ for n in range(8)]
    assert kinds == ["Adam"] * 6 + ["Muon"] * 2
    assert resnet.recipe_optimizer(7, 10).use_ema
    assert not resnet.recipe_optimizer(6, 10).use_ema
