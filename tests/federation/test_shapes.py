"""Whatever shape a proven activity has, it is answered, and acting upon it is no fault of ours."""

from typing import Any

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colibri.federation.models import Incoming
from colibri.federation.relevance import VERBS
from tests.federation.conftest import TAG

FIELDS = [
    "id", "type", "actor", "object", "to", "cc", "tag", "name", "href", "content", "contentMap", "summary",
    "inReplyTo", "attributedTo", "url", "published", "target", "@id", "@type", "bto", "audience",
]  # fmt: skip
SHAPES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.text(max_size=8)
    | st.just("https://a.example/1"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("verb", sorted(VERBS | {"Like", "Announce"}))
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(
    outer=st.dictionaries(st.sampled_from(FIELDS[3:]), SHAPES, max_size=4),
    inner=st.dictionaries(st.sampled_from(FIELDS), SHAPES, max_size=5),
)
def test_no_shape_is_a_fault_of_ours(home, camille, verb, outer, inner):
    cache.clear()
    thing: Any = {**camille.note(f"Je cherche un CDI #{TAG}"), "actor": camille.id, **inner}
    activity = camille.does(verb, thing, **outer)
    activity["id"] = f"{camille.id}/activities/{Incoming.objects.count()}-{abs(hash(repr(activity)))}"

    assert home.hears(camille, activity).status_code in (202, 400)
    home.work()
    assert not Incoming.objects.filter(fault="ours").exists()
