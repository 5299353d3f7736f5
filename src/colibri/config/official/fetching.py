"""Fetch one file through the guard, going on where an earlier try stopped."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx

from colibri.networks.errors import Refused, Retryable
from colibri.networks.guard import Guard
from colibri.networks.transport import error_for_status, guarded_client
from colibri.reference.official import LARGEST, Unusable

__all__ = ["fetch_file"]

SECONDS = 1_800.0
Progress = Callable[[int, int | None], None]


def fetch_file(
    guard: Guard, url: str, target: Path, *, sha256: str = "", progress: Progress = lambda done, total: None
) -> None:
    """Bring a file to `target`, which appears whole or not at all.

    What an interrupted try has brought stays in a file beside and is gone on with where the server says
    that it is still the same. `progress` is told bytes so far and altogether. Raises the errors of
    `networks.errors`, and `Unusable` where the sum is another than `sha256`.
    """
    guard.check(url)
    patient = replace(guard, max_bytes=LARGEST, total_timeout=SECONDS)
    part, mark = target.with_name(target.name + ".part"), target.with_name(target.name + ".mark")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with guarded_client(patient) as client:
            if not _go_on(client, url, part, mark, progress):
                part.unlink(missing_ok=True)
                _go_on(client, url, part, mark, progress)
    except httpx.TooManyRedirects as fault:
        raise Refused(f"too many redirects from {url!r}") from fault
    except httpx.RequestError as fault:
        raise Retryable(f"the connection to {url!r} broke ({fault!r})") from fault
    mark.unlink(missing_ok=True)
    if sha256:
        with part.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256.lower():
                part.unlink()
                raise Unusable("wrong_sum", file=target.name)
    part.replace(target)


def _go_on(client: httpx.Client, url: str, part: Path, mark: Path, progress: Progress) -> bool:
    """Fetch what is missing; False where what is there is of no use and one must begin anew."""
    have = part.stat().st_size if part.is_file() and mark.is_file() else 0
    headers = {"Accept-Encoding": "identity"}
    if have:
        headers |= {"Range": f"bytes={have}-", "If-Range": mark.read_text(encoding="ascii")}
    with client.stream("GET", url, headers=headers) as answer:
        if have and answer.status_code == 416:
            return False
        if answer.status_code >= 400:
            raise error_for_status(answer.status_code, answer.headers, url)
        goes_on = answer.status_code == 206
        if goes_on and not answer.headers.get("content-range", "").startswith(f"bytes {have}-"):
            return False
        _remember(answer, mark)
        length = answer.headers.get("content-length", "")
        done = have if goes_on else 0
        total = done + int(length) if length.isascii() and length.isdigit() else None
        with part.open("ab" if goes_on else "wb") as file:
            for chunk in answer.iter_raw():
                file.write(chunk)
                done += len(chunk)
                progress(done, total)
    return True


def _remember(answer: httpx.Response, mark: Path) -> None:
    """Keep by what the server knows this version; a weak mark does not say that bytes are the same."""
    etag = answer.headers.get("etag", "")
    known = etag if etag and not etag.startswith("W/") else answer.headers.get("last-modified", "")
    if known.isascii() and known:
        mark.write_text(known, encoding="ascii")
    else:
        mark.unlink(missing_ok=True)
