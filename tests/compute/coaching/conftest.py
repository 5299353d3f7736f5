"""The reader and the coach, made once: their tables take a second to read."""

from datetime import date

import pytest

from colibri.compute.coaching import Circumstances, Coach
from colibri.compute.reading import Reader
from colibri.compute.reading.tokens import words_of
from colibri.reference import load_tables

TODAY = date(2026, 11, 26)
SEEKERS = "i4emploiR"


@pytest.fixture(scope="session")
def reader():
    return Reader.load()


@pytest.fixture(scope="session")
def coach(reader):
    towns = (town.name for town in load_tables().communes if town.population > 20_000)
    regions = (region.name for region in load_tables().regions)
    words = {word for name in (*towns, *regions) for word in words_of(name)}
    return Coach(reader.trades.vocabulary | words)


@pytest.fixture(scope="session")
def look(reader, coach):
    """Remarks about a text, on a day and for a collective of the tests."""

    def looked(text, **around):
        reading = reader.read(text, seeker_tags=[SEEKERS])
        return coach.look(text, reading, Circumstances(TODAY, SEEKERS, **around))

    return looked
