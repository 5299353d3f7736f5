"""A picture drawn anew, in a process of its own that can neither grow nor last: `python -m` reads a file and
writes two.

Only colours pass: no place, no camera, no name, no second picture hidden behind the first. The process has no
database, no key and no network; whatever a hostile file does to the decoder ends with it.
"""

import resource
import sys
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

__all__ = ["BROKEN", "FORMATS", "OTHER", "PIXELS_MOST", "SMALL", "TOO_LARGE", "WIDE", "redraw"]

FORMATS = {"JPEG": 50_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}
"""What is read, and how many pixels of each at most: a JPEG is made smaller while it is read."""
PIXELS_MOST = max(FORMATS.values())
WIDE, SMALL = 800, 160
"""The longest side of the one, in pixels, and the side of the other, a square."""
OTHER, TOO_LARGE, BROKEN = 3, 4, 5
"""How the process ends when it draws nothing."""
MEMORY, SECONDS = 1 << 30, 20
QUALITY = 80


def redraw(content: bytes) -> tuple[bytes, bytes, int, int]:
    """The picture in two sizes as JPEG, and the first one's width and height.

    Raises `SystemExit` with one of the codes above.
    """
    try:
        with Image.open(BytesIO(content), formats=list(FORMATS)) as found:
            if found.width * found.height > FORMATS[str(found.format)]:
                raise SystemExit(TOO_LARGE)
            found.draft("RGB", (2 * WIDE, 2 * WIDE))
            upright = ImageOps.exif_transpose(found)
            wide = _plain(ImageOps.contain(upright, (WIDE, WIDE)) if max(upright.size) > WIDE else upright)
            small = ImageOps.fit(wide, (SMALL, SMALL), centering=(0.5, 0.35))
            return _jpeg(wide), _jpeg(small), wide.width, wide.height
    except Image.DecompressionBombError:
        raise SystemExit(TOO_LARGE) from None
    except UnidentifiedImageError:
        raise SystemExit(OTHER) from None
    except (OSError, ValueError, SyntaxError, MemoryError, EOFError):
        raise SystemExit(BROKEN) from None


def _plain(picture: Image.Image) -> Image.Image:
    """Colours alone, on white where the picture lets one see through."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture.convert("RGBA"))
    drawn = Image.new("RGB", picture.size)
    drawn.paste(picture.convert("RGB"))
    return drawn


def _jpeg(picture: Image.Image) -> bytes:
    kept = BytesIO()
    picture.save(kept, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return kept.getvalue()


def main() -> None:
    """Two files follow a line with the first one's length, width and height."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    wide, small, width, height = redraw(sys.stdin.buffer.read())
    sys.stdout.buffer.write(f"{len(wide)} {width} {height}\n".encode() + wide + small)


if __name__ == "__main__":
    main()
