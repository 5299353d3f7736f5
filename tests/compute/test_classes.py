"""A member's class as one integer, and what it is worth to an appeal."""

import numpy as np
import pytest

from colibri.compute.classes import (
    COUNT,
    FAMILIES,
    REGIONS,
    UNKNOWN,
    RelevanceTable,
    family_of,
    pack,
    region_of,
    relevance,
    unpack,
)


def test_every_class_survives_the_way_there_and_back():
    """Packing what was unpacked gives every class again, each once."""
    every = np.arange(COUNT)
    assert np.array_equal(pack(*unpack(every)), every)
    assert pack(0, 0, 0) == UNKNOWN
    assert len(set(REGIONS)) == 18
    assert (len(FAMILIES) + 1) * 19 * 2 == COUNT


def test_codes_are_read_and_strangers_are_unknown():
    """ROME and INSEE codes give numbers from 1; anything else is 0."""
    assert (family_of("A1101"), family_of("n4105"), family_of("Z9"), family_of("")) == (1, 14, 0, 0)
    assert (region_of("01"), region_of("94"), region_of("99")) == (1, 18, 0)


@pytest.mark.parametrize(
    ("family", "region", "recruiter", "message"),
    [
        (15, 0, 0, "family: 15 is not between 0 and 14"),
        (-1, 0, 0, "family: -1"),
        (0, 19, 0, "region: 19 is not between 0 and 18"),
        (0, 0, 2, "recruiter: 2 is not between 0 and 1"),
    ],
)
def test_values_out_of_range_are_named(family, region, recruiter, message):
    """Packing says which part is wrong."""
    with pytest.raises(ValueError, match=message):
        pack(family, [region], [recruiter])
    with pytest.raises(ValueError, match="class: 570"):
        unpack([COUNT])


def test_relevance_agrees_with_reading_the_table_class_by_class():
    """The weights are those of a plain loop over appeals and classes."""
    table = RelevanceTable(base=0.5, same_family=1.0, same_region=2.0, both=4.0, recruiter=3.0)
    families, regions = [0, 3, 3], [0, 0, 7]
    found = relevance(table, families, regions)
    assert found.shape == (3, COUNT)
    assert found.dtype == np.float32
    for appeal, (family, region) in enumerate(zip(families, regions, strict=True)):
        for one in range(COUNT):
            of_family, of_region, recruits = (part.item() for part in unpack(one))
            expected = 0.5
            if family and of_family == family:
                expected += 1.0
            if region and of_region == region:
                expected += 2.0
            if family and region and (of_family, of_region) == (family, region):
                expected += 4.0
            assert found[appeal, one] == pytest.approx(expected * (3.0 if recruits else 1.0))


def test_nobody_is_worth_more_than_one_by_default():
    """The default weights end at the member who can help most, and knowing nothing still counts."""
    weights = relevance(RelevanceTable(), [1], [1])
    assert weights.max() == pytest.approx(1.0)
    assert weights[0, UNKNOWN] == weights.min() > 0


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"base": -1}, "base: -1 is negative"),
        ({"both": float("nan")}, "both: nan is not a finite number"),
        ({"recruiter": "much"}, "recruiter: 'much' is not a finite number"),
        ({"same_family": True}, "same_family: True"),
        ({"same_town": 1}, "same_town: unknown weight, expected one of base"),
    ],
)
def test_an_operator_s_table_is_checked(weights, message):
    """A wrong name or weight is refused with its name."""
    with pytest.raises(ValueError, match=message):
        RelevanceTable.from_mapping(weights)


def test_an_operator_may_change_one_weight():
    """What is not given stays as by default."""
    assert RelevanceTable.from_mapping({"recruiter": 5}) == RelevanceTable(recruiter=5)


def test_families_and_regions_go_together():
    """One of each per appeal is asked for, and in range."""
    with pytest.raises(ValueError, match="one each per appeal"):
        relevance(RelevanceTable(), [1, 2], [1])
    with pytest.raises(ValueError, match="region: 40"):
        relevance(RelevanceTable(), [1], [40])
