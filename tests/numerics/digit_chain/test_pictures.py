import base64
import io

import numpy as np
import pytest
from PIL import Image

from numerics.digit_chain.pictures import stretched, strip


def test_a_strip_shows_its_pictures_side_by_side():
    pictures = np.stack([np.zeros((3, 2)), np.ones((3, 2))])

    with Image.open(io.BytesIO(base64.b64decode(strip(pictures)))) as image:
        grey = np.asarray(image.convert("L"))

    assert grey.tolist() == [[0, 0, 255, 255]] * 3


def test_what_cannot_be_shown_is_refused_and_flat_pictures_are_black():
    with pytest.raises(ValueError, match="finite"):
        strip(np.full((1, 2, 2), np.nan))
    assert stretched(np.full((1, 2, 2), 7.0)) == pytest.approx(0.0)
