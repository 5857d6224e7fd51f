"""A photo comes as an array, the right way up, or with a plain error."""

import numpy as np
import pytest
from PIL import Image

from pixelwise.data.photo import read_photo


@pytest.fixture
def save(tmp_path):
    def save(pixels, name="photo.png", **options):
        path = tmp_path / name
        Image.fromarray(pixels).save(path, **options)
        return path

    return save


def noise(*shape):
    return np.random.default_rng(4).integers(0, 256, shape, dtype=np.uint8)


def test_pixels_are_those_of_the_file(save):
    pixels = noise(20, 31, 3)
    found = read_photo(save(pixels))
    assert found.dtype == np.uint8
    np.testing.assert_array_equal(found, pixels)


@pytest.mark.parametrize(
    ("shape", "expected"), [((90, 60), (48, 32)), ((40, 200), (32, 160))]
)
def test_the_shorter_side_is_reduced_and_the_ratio_kept(save, shape, expected):
    flat = np.full((*shape, 3), 77, np.uint8)
    found = read_photo(save(flat), shorter=32)
    assert found.shape == (*expected, 3)
    assert np.all(found == 77)


def test_a_smaller_photo_is_not_enlarged(save):
    assert read_photo(save(noise(20, 31, 3)), shorter=128).shape == (20, 31, 3)


@pytest.mark.parametrize("shape", [(20, 31), (20, 31, 4)])
def test_grey_and_transparent_photos_become_rgb(save, shape):
    assert read_photo(save(noise(*shape))).shape == (20, 31, 3)


def test_a_photo_taken_upright_stands_upright(save):
    pixels = noise(20, 31, 3)
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: rotate by 270 degrees to see it
    found = read_photo(save(pixels, exif=exif))
    np.testing.assert_array_equal(found, np.rot90(pixels, 3))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"expected a file.*street\.jpg"):
        read_photo(tmp_path / "street.jpg")


def test_a_folder_is_no_photo(tmp_path):
    with pytest.raises(FileNotFoundError, match="expected a file"):
        read_photo(tmp_path)


def test_what_is_no_picture_is_told(tmp_path):
    path = tmp_path / "letter.jpg"
    path.write_text("Dear reader")
    with pytest.raises(ValueError, match=r"letter\.jpg.*save it as JPEG or PNG"):
        read_photo(path)


def test_a_truncated_picture_is_told(save):
    path = save(noise(64, 64, 3))
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(ValueError, match="cannot be read"):
        read_photo(path)


def test_a_tiny_picture_is_told(save):
    with pytest.raises(ValueError, match=r"16 pixels or more.*found 31×9"):
        read_photo(save(noise(9, 31, 3)))
