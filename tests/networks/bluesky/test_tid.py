"""Record keys made before the call."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colibri.networks.bluesky.tid import TidMaker, moment_of

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@settings(deadline=None)
@given(MOMENTS, st.integers(0, 1023))
def test_a_key_tells_the_microsecond_it_was_made(moment, clock_id):
    tid = TidMaker(clock_id).make(moment)
    assert len(tid) == 13
    assert moment_of(tid) == moment


@settings(deadline=None)
@given(st.lists(MOMENTS, min_size=2, max_size=20))
def test_keys_only_grow_whatever_the_clock_does(moments):
    maker = TidMaker(7)
    tids = [maker.make(moment) for moment in moments]
    assert tids == sorted(set(tids))


def test_the_first_key_of_one_moment_is_the_specifications_own():
    assert TidMaker(0).make(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=1)) == "2222222222322"


@pytest.mark.parametrize(
    "text", ["", "222222222222", "22222222222222", "zzzzzzzzzzzzz", "2222222222221", "3JZFCIJPJ2Z2A"]
)
def test_what_is_no_key_is_told(text):
    with pytest.raises(ValueError, match="not a timestamp"):
        moment_of(text)
