"""Take the screenshots of README and guides from the real demonstration, into docs/images/.

    .venv/bin/python scripts/screenshots.py                # plays the day, serves it, takes every picture
    .venv/bin/python scripts/screenshots.py --only today   # only those whose name holds "today"

Needs Chromium (`chromium` on the path). Each picture is taken in French and in English, as `name.fr.png` and
`name.en.png`, and kept small: at most 256 colours.
"""

import argparse
import base64
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
PATIENCE = 300.0
"""Seconds the demonstration may take until it serves."""
MOST_BYTES = 1_500_000
"""All pictures together: a clone stays light."""
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
WANTED = re.compile(r"^\s*(\w+)\s+(http://\S+/demo/\S+/)\s*$")
RAW_PIXELS = """async png => {
  const bitmap = await createImageBitmap(await (await fetch('data:image/png;base64,' + png)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const pen = canvas.getContext('2d');
  pen.drawImage(bitmap, 0, 0);
  const bytes = pen.getImageData(0, 0, bitmap.width, bitmap.height).data;
  let text = '';
  for (let at = 0; at < bytes.length; at += 32768) {
    text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  }
  return [bitmap.width, bitmap.height, btoa(text)];
}"""


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as one kind of person ("" for a visitor) sees it, from the element `top` on."""

    name: str
    person: str
    path: tuple[str, ...]
    """Where to go: an address, or the CSS selector of a link to follow from the page before."""
    wide: bool = False
    dark: bool = False
    height: int = 800
    top: str = ""


REACH = "a[href$='/reach/']"
MINE = "main h3 a[href^='/a/'][href$='/mine/']"
PUBLIC = "main .cards a[href^='/a/']"
PICTURES = [
    Picture("collective", "", ("/c/demo/",), wide=True),
    Picture("collective-phone", "", ("/c/demo/",)),
    Picture("collective-dark", "", ("/c/demo/",), wide=True, dark=True),
    Picture("figures", "", ("/c/demo/",), top="#figures"),
    Picture("appeal-phone", "", ("/c/demo/", PUBLIC), height=900),
    Picture("today-phone", "relay", ("/today/",), height=1100),
    Picture("offer-phone", "relay", ("/c/demo/relay/",), height=1000),
    Picture("message-phone", "seeker", ("/me/", MINE), height=900),
    Picture("reach", "seeker", ("/me/", REACH), wide=True),
    Picture("reach-phone", "seeker", ("/me/", REACH), height=900),
    Picture("day", "animator", ("/c/demo/day/",), wide=True, height=1000),
    Picture("plan", "animator", ("/c/demo/day/",), wide=True, height=800, top="main h2:has(+ p + dl)"),
]


@contextmanager
def demonstration(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The demonstration served; yields its address and a login link for each kind of person."""
    port = free_port()
    command = [str(Path(sys.executable).parent / "colibri"), "demo", "--port", str(port)]
    process = subprocess.Popen(  # noqa: S603 our own program
        [*command, "--folder", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "en_GB.UTF-8", "PYTHONUTF8": "1"},
        start_new_session=True,
    )
    alarm = threading.Timer(PATIENCE, process.kill)
    alarm.start()
    try:
        links: dict[str, str] = {}
        for line in process.stdout or ():
            if found := WANTED.match(line):
                links[found[1]] = found[2]
            elif links and f"http://127.0.0.1:{port}" in line:
                break
        else:
            raise SystemExit("The demonstration ended before it served: run `colibri demo` to see why.")
        wait_for(port)
        alarm.cancel()
        yield f"http://127.0.0.1:{port}", links
    finally:
        alarm.cancel()
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=60)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Return once something answers on this port."""
    pause = threading.Event()
    for _ in range(120):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        pause.wait(0.5)
    raise SystemExit("The site did not answer.")


def take(browser: Browser, site: str, link: str, picture: Picture, language: str) -> bytes:
    """This picture as a PNG. Raises SystemExit when the page is no page of the site."""
    width = 1100 if picture.wide else 360
    context = browser.new_context(
        locale="fr-FR" if language == "fr" else "en-GB",
        viewport={"width": width, "height": picture.height},
        device_scale_factor=1 if picture.wide else 1.5,
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if link:
        page.goto(link)
        page.locator("main form button").first.click()
    for step in picture.path:
        if step.startswith("/"):
            answer = page.goto(site + step)
        else:
            answer = page.goto(urljoin(page.url, page.locator(step).first.get_attribute("href")))
        if answer is None or not answer.ok:
            raise SystemExit(f"{picture.name}: {page.url} answers {answer and answer.status}.")
    clip = {"x": 0.0, "y": 0.0, "width": float(width), "height": float(picture.height)}
    if picture.top:
        box = page.locator(picture.top).first.bounding_box()
        clip["y"] = max(0.0, (box["y"] if box else 0.0) - 16)
    tall = float(page.evaluate("document.documentElement.scrollHeight"))
    clip["height"] = min(clip["height"], tall - clip["y"])
    too_wide = page.evaluate("document.documentElement.scrollWidth") > width
    if too_wide:
        print(f"{picture.name}.{language}: wider than the screen", file=sys.stderr)
    shot = page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]
    small = few_colours(page, shot)
    context.close()
    return small


def few_colours(page: Page, png: bytes) -> bytes:
    """The same picture with a palette of at most 256 colours: the frequent ones, others by the nearest."""
    page.goto("about:blank")
    width, height, pixels = page.evaluate(RAW_PIXELS, base64.b64encode(png).decode())
    rgb = np.frombuffer(base64.b64decode(pixels), np.uint8).reshape(-1, 4)[:, :3].astype(np.int32)
    packed = (rgb[:, 0] << 16) | (rgb[:, 1] << 8) | rgb[:, 2]
    colours, where, count = np.unique(packed, return_inverse=True, return_counts=True)
    kept = colours[np.argsort(-count, kind="stable")[:256]]
    palette = np.stack([kept >> 16, (kept >> 8) & 255, kept & 255], axis=1)
    every = np.stack([colours >> 16, (colours >> 8) & 255, colours & 255], axis=1)
    nearest = np.array([np.argmin(((palette - one) ** 2).sum(axis=1)) for one in every], np.uint8)
    rows = np.zeros((height, width + 1), np.uint8)
    rows[:, 1:] = nearest[where].reshape(height, width)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + chunk(b"PLTE", palette.astype(np.uint8).tobytes())
        + chunk(b"IDAT", zlib.compress(rows.tobytes(), 9))
        + chunk(b"IEND", b"")
    )


def chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a PNG file."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def main() -> None:
    """Take the pictures asked for and say how large each became."""
    wanted = argparse.ArgumentParser(description="Screenshots of the real demonstration.")
    wanted.add_argument("--only", default="", help="take only the pictures whose name holds this")
    wanted.add_argument("--into", type=Path, default=IMAGES, help="another folder")
    choice = wanted.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("chromium is not on the path: apt install chromium")
    choice.into.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        demonstration(Path(folder) / "demo") as (site, links),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for picture in PICTURES:
            for language in ("fr", "en") if choice.only in picture.name else ():
                link = links[picture.person] if picture.person else ""
                png = take(browser, site, link, picture, language)
                (choice.into / f"{picture.name}.{language}.png").write_bytes(png)
                print(f"{picture.name}.{language}.png: {len(png) // 1000} kB")
        browser.close()
    total = sum(path.stat().st_size for path in choice.into.glob("*.png"))
    print(f"Together: {total // 1000} kB")
    if total > MOST_BYTES:
        raise SystemExit("That is too much for a clone to carry.")


if __name__ == "__main__":
    main()
