"""What every process counts together: once is once for all of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from colibri.common.actions import count, forget_tallies
from colibri.common.models import Tally

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.django_db
def test_it_counts_from_the_first_time_and_begins_anew_after_it():
    moments = [0, 10, 59, 60, 61]

    assert [count("door 1", lasts=MINUTE, now=NOW + timedelta(seconds=s)) for s in moments] == [1, 2, 3, 1, 2]
    assert count("door 2", lasts=MINUTE, now=NOW) == 1


@pytest.mark.django_db
def test_who_was_counted_is_not_kept_and_what_is_over_is_forgotten():
    count("192.0.2.7", lasts=MINUTE, now=NOW)
    assert "192.0.2.7" not in Tally.objects.get().name

    assert forget_tallies(now=NOW) == 0
    assert forget_tallies(now=NOW + MINUTE) == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory has one writer")
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_only_one_is_first():
    def knock(_number: int) -> int:
        try:
            return count("signature", lasts=MINUTE, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(knock, range(24))) == list(range(1, 25))
