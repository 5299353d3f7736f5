"""One reader for all tests of reading: its tables are read once."""

import pytest

from colibri.compute.reading import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader.load()
