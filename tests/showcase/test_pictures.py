"""A picture is drawn anew from real files: what is hostile or hidden in them does not pass."""

from io import BytesIO

import pytest
from django.utils import translation
from PIL import Image

from colibri.showcase.pictures import BYTES_MOST, Unusable, draw
from colibri.showcase.redrawing import SMALL, WIDE

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def written(picture: Image.Image, kind: str, **more: object) -> bytes:
    kept = BytesIO()
    picture.save(kept, kind, **more)
    return kept.getvalue()


def read(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def test_nothing_but_colours_passes():
    exif = Image.Exif()
    exif[MAKER] = "Un téléphone"
    exif[ORIENTATION] = 6  # held upright: a quarter turn
    exif.get_ifd(GPS)[1] = "N"
    content = written(Image.new("RGB", (1200, 600), "red"), "JPEG", exif=exif, comment=b"chez moi")

    drawn = draw(content)

    assert (drawn.width, drawn.height) == (WIDE // 2, WIDE)
    for kept, size in ((drawn.wide, (WIDE // 2, WIDE)), (drawn.small, (SMALL, SMALL))):
        seen = read(kept)
        assert (seen.format, seen.size) == ("JPEG", size)
        assert not dict(seen.getexif())
        assert set(seen.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
        assert b"chez moi" not in kept


def test_what_lets_one_see_through_stands_on_white():
    drawn = draw(written(Image.new("RGBA", (40, 30), (255, 0, 0, 0)), "PNG"))

    assert read(drawn.wide).getpixel((20, 15)) == (255, 255, 255)
    assert (drawn.width, drawn.height) == (40, 30)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_small_pictures_stay_small(kind):
    assert draw(written(Image.new("RGB", (20, 10), "blue"), kind)).width == 20


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (written(Image.new("P", (10, 10)), "GIF"), "JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "JPEG"),
        (b"", "JPEG"),
        (written(Image.new("RGB", (100, 100)), "JPEG")[:300], "damaged"),
        (b"x" * (BYTES_MOST + 1), "12"),
    ],
    ids=["gif", "svg", "nothing", "cut", "heavy"],
)
def test_what_is_no_picture_is_refused_with_a_word(content, said):
    with translation.override("en"), pytest.raises(Unusable) as refused:
        draw(content)
    with translation.override("en"):
        assert said in str(refused.value.args[0])


def test_a_bomb_is_refused_before_it_unfolds():
    """A few kilobytes that declare 900 million pixels, and some that declare a few too many."""
    for side in (30_000, 5_000):
        bomb = written(Image.new("1", (side, side)), "PNG")
        assert len(bomb) < 200_000
        with pytest.raises(Unusable) as refused:
            draw(bomb)
        assert "pixels" in str(refused.value.args[0])
