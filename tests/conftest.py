import os
import shutil

import pytest
from hypothesis import settings

settings.register_profile("lindiff", deadline=None, derandomize=True, database=None)
settings.load_profile("lindiff")


@pytest.fixture
def tool(request):
    """Return the path of the system program a test is marked with; skip the test by name where it is absent."""
    (name,) = request.node.get_closest_marker("needs").args
    path = shutil.which(name)
    if path is None and os.environ.get("LINDIFF_REQUIRE_TOOLS"):
        pytest.fail(f"{name} is required here and is not installed")
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path
