import base64
import io
from xml.etree import ElementTree

import numpy as np
from PIL import Image

from verify.report.figures import mosaic

NAMESPACE = "{http://www.w3.org/2000/svg}"


def drawn(tiles, columns, rows):
    root = ElementTree.fromstring(mosaic.svg(tiles, columns, rows, "some <images>"))
    address = root.find(f"{NAMESPACE}image").get("href")
    image = Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2])))
    return root, np.asarray(image)


def test_every_tile_lies_in_its_row_and_column_and_the_gaps_are_clear():
    tiles = [[np.full((1, 4, 4), 10 * i + j + 1, dtype=np.uint8) for j in range(3)] for i in range(2)]
    root, image = drawn(tiles, ["a", "b", "c"], ["", ""])

    assert image.shape == (10, 15, 4)
    assert image[0, 0].tolist() == [1, 1, 1, 255]
    assert image[5, 10].tolist() == [13, 13, 13, 255]
    assert sorted(set(image[image[..., 3] == 255][:, 0].tolist())) == [1, 2, 3, 11, 12, 13]
    assert (image[..., 3] == 0).sum() == 150 - 6 * 16
    assert [text.text for text in root.iter(f"{NAMESPACE}text")] == ["a", "b", "c"]


def test_an_empty_place_stays_clear_and_colours_are_kept():
    red = np.zeros((3, 2, 2), dtype=np.uint8)
    red[0] = 200
    root, image = drawn([[red, None]], ["x", "y"], ["first"])

    assert (image[..., 3] == 255).sum() == 4
    assert image[image[..., 3] == 255].tolist() == [[200, 0, 0, 255]] * 4
    assert [text.text for text in root.iter(f"{NAMESPACE}text")] == ["x", "y", "first"]


def test_names_are_escaped():
    assert "<images>" not in mosaic.svg([[np.ones((1, 2, 2), dtype=np.uint8)]], ["<b>"], [""], "some <images>")
