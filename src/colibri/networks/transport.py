"""The guarded HTTP client: an httpx transport that keeps the rules of a `Guard`."""

import os
import ssl
import threading
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

import httpcore
import httpx

from colibri.networks.addresses import Forbidden, Target
from colibri.networks.circuits import Circuits
from colibri.networks.errors import Gone, NetworkError, Refused, Retryable, Unauthorised
from colibri.networks.guard import Guard

__all__ = ["GuardedTransport", "error_for_status", "fetch", "guarded_client", "tls_context"]


def tls_context() -> ssl.SSLContext:
    """How certificates are checked: by the list of authorities we ship, whatever the environment says."""
    return httpx.create_ssl_context(trust_env=False)


class _Moment(threading.local):
    """When the request this thread is making must have ended, on the monotonic clock."""

    end: float = float("inf")

    def left(self, timeout: float | None) -> float:
        left = self.end - time.monotonic()
        if left <= 0:
            raise Retryable("the whole answer took too long")
        return left if timeout is None else min(left, timeout)


class _Stream(httpcore.NetworkStream):
    """A connection on which no single read or write outlives the request it serves."""

    def __init__(self, stream: httpcore.NetworkStream, moment: _Moment) -> None:
        self._stream = stream
        self._moment = moment

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._moment.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._moment.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._moment.left(timeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._moment)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Opens connections to checked addresses only; TLS and Host keep the name."""

    def __init__(self, guard: Guard, moment: _Moment) -> None:
        self._guard = guard
        self._moment = moment
        self._open = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        target = Target("https", host, port)
        fault: Exception | None = None
        for address in self._guard.addresses(target):
            left = self._moment.left(self._guard.connect_timeout)
            try:
                stream = self._open.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
            else:
                return _Stream(stream, self._moment)
        raise Retryable(f"{target.authority} cannot be reached ({fault!r})")

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class _Kept:
    """The connections kept under one guard, closed when nobody uses them any longer."""

    def __init__(self, guard: Guard) -> None:
        self.moment = _Moment()
        self.circuits = Circuits()
        self.pool = httpcore.ConnectionPool(
            ssl_context=tls_context(),
            max_connections=100,
            max_keepalive_connections=20,
            keepalive_expiry=15.0,
            network_backend=_Backend(guard, self.moment),
        )

    def __del__(self) -> None:
        self.pool.close()


class _Body(httpx.SyncByteStream):
    """The body of an answer, decompressed here so that its true size can be limited."""

    def __init__(
        self, response: httpcore.Response, encoding: str, guard: Guard, kept: _Kept, end: float
    ) -> None:
        self._response = response
        self._encoding = encoding
        self._guard = guard
        self._kept = kept
        self._end = end

    def __iter__(self) -> Iterator[bytes]:
        self._kept.moment.end = self._end
        left = self._guard.max_bytes
        for chunk in _plain(_raw(self._response, left), self._encoding, left):
            left -= len(chunk)
            if left < 0:
                raise Refused(f"an answer of more than {self._guard.max_bytes} bytes")
            yield chunk

    def close(self) -> None:
        self._response.close()


def _raw(response: httpcore.Response, limit: int) -> Iterator[bytes]:
    read = 0
    try:
        for chunk in response.iter_stream():
            read += len(chunk)
            if read > limit:
                raise Refused(f"an answer of more than {limit} bytes")
            yield chunk
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as fault:
        raise Retryable(f"the answer was cut ({fault!r})") from fault


def _plain(chunks: Iterable[bytes], encoding: str, limit: int) -> Iterator[bytes]:
    if encoding in ("", "identity"):
        yield from chunks
        return
    if encoding not in ("gzip", "x-gzip"):
        raise Refused(f"an answer in {encoding!r}, which nobody asked for")
    unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
    step = min(limit + 1, 256 * 1024)
    try:
        for chunk in chunks:
            while chunk:
                yield unzip.decompress(chunk, step)
                chunk = unzip.unconsumed_tail
                if unzip.eof:
                    chunk = unzip.unused_data
                    unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
        yield unzip.flush(step)
    except zlib.error as fault:
        raise Retryable(f"an answer that cannot be unzipped ({fault})") from fault


@lru_cache(maxsize=8)
def _kept(guard: Guard) -> _Kept:
    return _Kept(guard)


# Two processes must never speak through one connection.
os.register_at_fork(after_in_child=_kept.cache_clear)


class GuardedTransport(httpx.BaseTransport):
    """What every HTTP library here is handed in the place of its own transport.

    Checks the URL of each request, so of each redirect too, connects only to addresses that
    were checked, limits time and size, and speaks under one name. It raises nothing but the
    errors of `networks.errors`. It has no proxy and keeps no cookies. Transports of one guard share
    their connections, so that thousands of identities on one server do not shake hands each.
    """

    def __init__(self, guard: Guard, *, lasting: float | None = None) -> None:
        """`lasting` is how long, in seconds, a body may go on where it is a stream; one silence within it
        stays limited by the guard.
        """
        self._guard = guard
        self._lasting = lasting

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request. Raises `Forbidden`, `Refused` or `Retryable`."""
        url = str(request.url)
        target = self._guard.check(url)
        if request.url.userinfo or request.url.raw_host.decode("ascii").strip("[]") != target.host:
            raise Forbidden(f"two readings of {url!r}")
        request.headers["User-Agent"] = self._guard.user_agent
        request.headers["Accept-Encoding"] = "gzip"
        end = time.monotonic() + self._guard.total_timeout
        kept = _kept(self._guard)
        kept.moment.end = end
        with kept.circuits.through(target.authority, patience=self._guard.total_timeout):
            answer = self._send(kept.pool, request, target)
        if answer.status in (301, 302, 303, 307, 308) and request.method not in ("GET", "HEAD"):
            answer.close()
            raise Refused(f"{target.host} sends a {request.method} elsewhere")
        headers = httpx.Headers(answer.headers)
        declared = headers.get("Content-Length", "")
        if declared.isascii() and declared.isdigit() and int(declared) > self._guard.max_bytes:
            answer.close()
            raise Refused(f"an answer of {declared} bytes")
        encoding = headers.pop("Content-Encoding", "").strip().lower()
        if encoding:
            headers.pop("Content-Length", None)
        if self._lasting is not None:
            end = time.monotonic() + self._lasting
        body = _Body(answer, encoding, self._guard, kept, end)
        return httpx.Response(answer.status, headers=headers, stream=body, extensions=answer.extensions)

    def close(self) -> None:
        """Nothing: connections are kept for whoever speaks to the same place next."""

    def _send(
        self, pool: httpcore.ConnectionPool, request: httpx.Request, target: Target
    ) -> httpcore.Response:
        timeout = self._guard.total_timeout
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), timeout)},
        )
        try:
            return pool.handle_request(asked)
        except (httpcore.TimeoutException, httpcore.NetworkError) as fault:
            raise Retryable(f"{target.authority} does not answer ({fault!r})") from fault
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as fault:
            raise Retryable(f"{target.authority} speaks no HTTP ({fault!r})") from fault


def guarded_client(guard: Guard, **options: Any) -> httpx.Client:
    """An httpx client over the guarded transport, following redirects as far as the guard does."""
    return httpx.Client(
        transport=GuardedTransport(guard),
        follow_redirects=True,
        max_redirects=guard.max_redirects,
        trust_env=False,
        **options,
    )


def fetch(
    guard: Guard,
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    content: bytes | None = None,
) -> httpx.Response:
    """One guarded request, its answer read whole.

    Raises the errors of `networks.errors`, for what went wrong on the way and for what a status
    of 400 and more says.
    """
    guard.check(url)
    with guarded_client(guard) as client:
        try:
            response = client.request(method, url, headers=headers, content=content)
        except httpx.TooManyRedirects as fault:
            raise Refused(f"more than {guard.max_redirects} redirects from {url!r}") from fault
        except httpx.InvalidURL as fault:
            raise Forbidden(f"redirected to no URL from {url!r}") from fault
        except httpx.RequestError as fault:
            raise Refused(f"no sound answer from {url!r} ({fault!r})") from fault
    if response.status_code >= 400:
        raise error_for_status(response.status_code, response.headers, url)
    return response


def error_for_status(status: int, headers: Mapping[str, str], what: str) -> NetworkError:
    """What an HTTP status of 400 or more means for whoever asked."""
    message = f"{status} from {what}"
    if status == 401:
        return Unauthorised(message)
    if status in (404, 410):
        return Gone(message)
    if status in (408, 425, 429) or status >= 500:
        return Retryable(message, after=_pause(headers.get("retry-after", "")))
    return Refused(message)


def _pause(retry_after: str) -> float | None:
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after)
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None
