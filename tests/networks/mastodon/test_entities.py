"""Statuses as servers write them, to neutral posts."""

import pytest

from colibri.networks.items import Actor
from colibri.networks.mastodon.entities import post_from_status

ADA = Actor("https://a.example/u/ada", "ada@a.example")
STATUS = {"id": "1", "uri": "https://a.example/n/1", "content": "<p>Bonjour</p>"}


@pytest.mark.parametrize(
    ("files", "undescribed"),
    [
        ([{"type": "image", "description": None}, {"type": "image", "description": "A ship"}], 1),
        ([{"type": "gifv", "description": ""}, {"type": "video"}, {"type": "unknown"}], 1),
        ([{"type": "image", "description": 3}, "x", None], 1),
        ("nonsense", 0),
        (None, 0),
    ],
    ids=repr,
)
def test_images_nobody_described_are_counted_and_not_kept(files, undescribed):
    assert post_from_status({**STATUS, "media_attachments": files}, ADA).undescribed == undescribed
