"""Files of street pairs: what is read of good ones, and what is said of bad ones."""

import numpy as np
import pytest
from PIL import Image

from helpers import street_pairs
from pixelwise.data import pairs


@pytest.fixture
def folder(tmp_path):
    for number in (1, 2, 10):
        street_pairs.write(tmp_path / f"{number}.jpg", number)
    return tmp_path


def names(paths):
    return [path.name for path in paths]


def test_files_come_in_natural_order(tmp_path):
    for name in ("10.jpg", "9.JPG", "b2.jpg", "b10.jpg", "1.jpg", "B3.png"):
        (tmp_path / name).touch()
    expected = ["1.jpg", "9.JPG", "10.jpg", "b2.jpg", "B3.png", "b10.jpg"]
    assert names(pairs.list_files(tmp_path)) == expected


def test_hidden_files_and_folders_are_left_out(folder):
    (folder / ".DS_Store").touch()
    (folder / "val").mkdir()
    assert names(pairs.list_files(folder)) == ["1.jpg", "2.jpg", "10.jpg"]


def test_a_missing_folder_and_an_empty_one_are_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere: expected a folder"):
        pairs.list_files(tmp_path / "nowhere")
    with pytest.raises(ValueError, match=r"such as 1\.jpg, found nothing"):
        pairs.list_files(tmp_path)
    (tmp_path / "train").mkdir()
    (tmp_path / "val").mkdir()
    with pytest.raises(ValueError, match="found train, val"):
        pairs.list_files(tmp_path)


@pytest.mark.parametrize("size", [32, 64, 128, 256])
def test_masks_are_the_truth_and_photos_the_means_of_their_blocks(folder, size):
    found = pairs.read_files(pairs.list_files(folder), size)
    expected = np.stack([street_pairs.truth(seed, size) for seed in (1, 2, 10)])
    right = found.masks == expected
    assert right.mean() > 0.99
    # Within a patch, every pixel.
    step = size // 8
    inner = np.arange(size) % step
    inner = (inner >= step // 4) & (inner < step - step // 4)
    assert right[:, inner][:, :, inner].all()
    for number, path in enumerate(pairs.list_files(folder)):
        photo = np.asarray(Image.open(path))[:, :256].astype(float)
        factor = 256 // size
        mean = photo.reshape(size, factor, size, factor, 3).mean((1, 3))
        np.testing.assert_allclose(found.images[number], mean, atol=1)


def test_arrays_are_bytes_of_the_asked_size(folder):
    found = pairs.read_files(pairs.list_files(folder), 64)
    assert found.images.shape == (3, 64, 64, 3) and found.images.dtype == np.uint8
    assert found.masks.shape == (3, 64, 64) and found.masks.dtype == np.uint8
    assert found.faults == () and found.unmatched == 0


def test_many_files_keep_their_order_and_are_counted_by_a_bar(tmp_path, capsys):
    seeds = [number % 5 for number in range(40)]
    for number, seed in enumerate(seeds):
        street_pairs.write(tmp_path / f"{number}.jpg", seed)
    found = pairs.read_files(pairs.list_files(tmp_path), 32)
    for number, seed in enumerate(seeds):
        assert (found.masks[number] == street_pairs.truth(seed, 32)).mean() > 0.98
    assert "40/40" in capsys.readouterr().err


def truncated(path, good):
    path.write_bytes(good[: len(good) // 2])


def saved(mode, size=(512, 256), kind="JPEG"):
    return lambda path, good: Image.new(mode, size).save(path, kind)


BAD = {
    "truncated": (truncated, "truncated"),
    "empty": (lambda path, good: path.write_bytes(b""), "no JPEG or PNG image"),
    "text": (lambda path, good: path.write_text("1,2,3"), "no JPEG or PNG image"),
    "page": (lambda path, good: path.write_text("<html>"), "no JPEG or PNG image"),
    "head only": (lambda path, good: path.write_bytes(good[:20]), ""),
    "grey": (saved("L"), "mode L, expected RGB"),
    "CMYK": (saved("CMYK"), "mode CMYK, expected RGB"),
    "transparent": (saved("RGBA", kind="PNG"), "mode RGBA, expected RGB"),
    "GIF": (saved("RGB", kind="GIF"), "no JPEG or PNG image"),
    "photo alone": (saved("RGB", (256, 256)), "256×256 pixels, expected 512×256"),
    "turned": (saved("RGB", (256, 512)), "256×512 pixels, expected 512×256"),
    "twice as large": (saved("RGB", (1024, 512)), "1024×512 pixels, expected 512×256"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_named_and_the_good_ones_stay(folder, kind):
    spoil, expected = BAD[kind]
    spoil(folder / "2.jpg", (folder / "2.jpg").read_bytes())
    found = pairs.read_files(pairs.list_files(folder), 32)
    assert len(found.faults) == 1
    assert found.faults[0].startswith("2.jpg: ") and expected in found.faults[0]
    assert len(found.faults[0]) > len("2.jpg: ") and str(folder) not in found.faults[0]
    expected = np.stack([street_pairs.truth(seed, 32) for seed in (1, 10)])
    assert (found.masks == expected).mean() > 0.98
    assert len(found.images) == 2


def test_png_pairs_are_read_and_decoded_without_a_wrong_pixel(tmp_path):
    Image.fromarray(street_pairs.pair(3)).save(tmp_path / "3.png")
    found = pairs.read_files(pairs.list_files(tmp_path), 128)
    np.testing.assert_array_equal(found.masks[0], street_pairs.truth(3, 128))


def test_pixels_like_no_colour_of_the_palette_are_void_and_counted(tmp_path):
    picture = street_pairs.pair(3)
    picture[:16, 256:272] = 255
    Image.fromarray(picture).save(tmp_path / "3.png")
    found = pairs.read_files(pairs.list_files(tmp_path), 128)
    assert found.unmatched == 256
    assert (found.masks[0, :8, :8] == 255).all()
