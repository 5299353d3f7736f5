"""The guarded transport behind `requests`."""

import gzip

import pytest
import requests

from colibri.networks.addresses import Forbidden
from colibri.networks.errors import Refused, Retryable
from colibri.networks.guard import Guard
from colibri.networks.requests_door import guarded_session
from tests.networks.local_server import allowing, reply, serving


def test_an_answer_comes_through_whole_and_unzipped():
    said = []

    def answer(handler):
        said.append(dict(handler.headers))
        body = gzip.compress('{"mot": "été"}'.encode())
        reply(
            handler, body=body, Content_Type="application/json", Content_Encoding="gzip", Link="<x>; rel=next"
        )

    with (
        serving(answer) as (address, asked),
        guarded_session(allowing(address, user_agent="Colibri")) as session,
    ):
        response = session.get(f"{address}/a", params={"q": "é"}, headers={"Authorization": "Bearer x"})
        streamed = b"".join(session.get(f"{address}/b", stream=True).iter_content(3))
    assert (response.status_code, response.json(), response.headers["link"]) == (
        200,
        {"mot": "été"},
        "<x>; rel=next",
    )
    assert streamed.decode() == '{"mot": "été"}'
    assert asked[0].startswith("GET /a?q=%C3%A9 ")
    assert (said[0]["User-Agent"], said[0]["Authorization"]) == ("Colibri", "Bearer x")


def test_a_form_is_posted_and_never_sent_elsewhere():
    bodies = []

    def answer(handler):
        bodies.append(handler.rfile.read(int(handler.headers["Content-Length"])))
        if "away" in handler.path:
            reply(handler, 307, Location="/b")
        else:
            reply(handler, body=b"ok")

    with serving(answer) as (address, _), guarded_session(allowing(address)) as session:
        assert session.post(f"{address}/a", data={"status": "été"}).text == "ok"
        with pytest.raises(Refused, match="elsewhere"):
            session.post(f"{address}/away", data={"status": "été"})
    assert bodies == [b"status=%C3%A9t%C3%A9"] * 2


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9999/", "https://127.0.0.1:9999/", "https://[::1]/", "http://example.org/"]
)
def test_no_request_goes_inside_or_without_encryption(url):
    with guarded_session(Guard()) as session, pytest.raises(Forbidden):
        session.get(url)


def test_each_redirect_is_checked_and_they_end():
    def answer(handler):
        where = {"/inside": "https://127.0.0.1:1/", "/round": "/round"}[handler.path]
        reply(handler, 302, Location=where, Content_Length="0")

    with serving(answer) as (address, asked), guarded_session(allowing(address, max_redirects=3)) as session:
        with pytest.raises(Forbidden):
            session.get(f"{address}/inside")
        with pytest.raises(requests.exceptions.TooManyRedirects):
            session.get(f"{address}/round")
    assert len(asked) == 5


def test_size_is_limited_after_unzipping_and_silence_by_time():
    def answer(handler):
        if handler.path == "/silence":
            handler.rfile.read(1)
        reply(handler, body=gzip.compress(b"0" * 5_000_000), Content_Encoding="gzip")

    with serving(answer) as (address, _):
        with (
            guarded_session(allowing(address, max_bytes=100_000)) as session,
            pytest.raises(Refused, match="more than"),
        ):
            session.get(f"{address}/bomb")
        with guarded_session(allowing(address, total_timeout=0.2)) as session, pytest.raises(Retryable):
            session.get(f"{address}/silence")


def test_cookies_proxies_and_the_environment_are_not_heeded(monkeypatch, tmp_path):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ada password secret")
    monkeypatch.setenv("NETRC", str(netrc))
    said = []

    def answer(handler):
        said.append(dict(handler.headers))
        reply(handler, Set_Cookie="a=b; Path=/")

    with serving(answer) as (address, _), guarded_session(allowing(address)) as session:
        for _ in range(2):
            session.get(address, proxies={"http": "http://127.0.0.1:1"})
    assert len(said) == 2
    assert not any({"Cookie", "Authorization"} & set(headers) for headers in said)
