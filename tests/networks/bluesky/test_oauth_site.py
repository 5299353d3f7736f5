"""A site on https signs people in as what its own document says, at a real PDS that reads it there."""

import json
import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from colibri.networks.base import Client
from colibri.networks.bluesky import BlueskyNetwork, BlueskyOAuth, client_metadata
from colibri.networks.bluesky.directory import Directory
from colibri.networks.errors import NetworkError, Unauthorised
from tests.networks.bluesky.story import publish
from tests.networks.local_server import reply
from tests.peers.bluesky_browser import answer_at
from tests.peers.bluesky_peer import GUARD, bluesky_network

pytestmark = pytest.mark.bluesky
HOST = "site.colibri-peer.eu"  # a PDS takes no name reserved for examples; ours asks nobody for this one


@pytest.fixture
def certificate(tmp_path):
    """A certificate of the site's own, with its key; returns its file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "site.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return file


@pytest.fixture
def client(certificate):
    """The site as a client, its document served on https."""
    served: list[Client] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            reply(self, 200, json.dumps(client_metadata(served[0])).encode(), Content_Type="application/json")

        def log_message(self, *arguments):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    site = f"https://{HOST}:{server.server_address[1]}"
    served.append(Client("Colibri", site, f"{site}/back/", f"{site}/client.json", "a secret"))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield served[0]
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_site_proves_itself_when_people_sign_in_and_whenever_tokens_are_renewed(client, certificate):
    with bluesky_network(env={"NODE_EXTRA_CA_CERTS": str(certificate)}) as network:
        oauth = BlueskyOAuth(Directory(network.plc, network.pds), network.address)
        ada = network.create_account("ada", biography="Comptable à Lyon")
        grant = oauth.begin(ada.handle, client, {}, GUARD)
        answer = answer_at(grant.url, did=ada.did, username=ada.handle, password=ada.password)
        signed = oauth.finish(grant.kept, answer, client, GUARD)
        kept: list[dict[str, str]] = []
        speaking = BlueskyNetwork(signed.address, GUARD, signed.credentials, kept.append)
        assert speaking.whoami().id == ada.did
        assert publish(speaking).uri
        assert len(kept) == 1
        forger = Client(client.name, client.site, client.redirect, client.metadata, "another secret")
        with pytest.raises(NetworkError):
            oauth.begin(ada.handle, forger, {}, GUARD)
        oauth.revoke(kept[0], signed.address, client, GUARD)
        with pytest.raises(Unauthorised):
            BlueskyNetwork(signed.address, GUARD, kept[0]).whoami()
