"""A busy machine is no fault of a file: here the reading process is ended by its processor time alone."""

import pytest

from colibri.resumes import reading


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS_MOST", 120)
