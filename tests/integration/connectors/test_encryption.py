"""Certificates are checked: a stranger's is refused at once, our own authority's is accepted."""

import datetime as dt
import ipaddress
import ssl
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from connectors.errors import RegistryMisbehaved, RegistryUnavailable
from connectors.http import RegistryHttp
from connectors.manners import Manners


class Registry(BaseHTTPRequestHandler):
    """Answers one page with one item."""

    asked = 0

    def do_GET(self):
        type(self).asked += 1
        body = b'{"items": ["a"], "next_cursor": null}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Desk:
    def current(self):
        return "token"

    def forget(self, token):
        pass


def certificate(folder, address):
    """Write a self-signed certificate for ``address`` and its key; return the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test registry")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "registry.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def serve(tmp_path):
    """Serve ``Registry`` over TLS with a certificate for the given address."""
    servers = []

    def start(address):
        file = certificate(tmp_path, address)
        server = HTTPServer(("127.0.0.1", 0), Registry)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        Registry.asked = 0
        return f"https://127.0.0.1:{server.server_port}", file

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_certificate_nobody_vouches_for_is_refused_without_retry(serve):
    address, _ = serve("127.0.0.1")
    with pytest.raises(RegistryMisbehaved, match="certificate") as caught:
        list(RegistryHttp(address, Desk(), sleep=pytest.fail).pages("/v1", {}))
    assert not caught.value.retryable
    assert Registry.asked == 0


def test_our_own_authority_is_accepted_when_named(serve):
    address, authority = serve("127.0.0.1")
    http = RegistryHttp(address, Desk(), manners=Manners(ca_bundle=authority))
    assert list(http.pages("/v1", {})) == [["a"]]


def test_a_certificate_for_another_host_is_refused(serve):
    address, authority = serve("127.0.0.2")
    http = RegistryHttp(address, Desk(), manners=Manners(ca_bundle=authority))
    with pytest.raises(RegistryMisbehaved, match="certificate"):
        list(http.pages("/v1", {}))


def test_an_authority_file_that_is_not_there_is_a_setting_to_correct(serve, tmp_path):
    address, _ = serve("127.0.0.1")
    http = RegistryHttp(address, Desk(), manners=Manners(ca_bundle=tmp_path / "absent.pem"))
    with pytest.raises(Exception, match="cannot be called as configured") as caught:
        list(http.pages("/v1", {}))
    assert type(caught.value).__name__ == "AddressUnsafe"


def test_speaking_tls_to_a_plain_server_is_unavailable(sample):
    address = sample(enterprises=1).base_url.replace("http:", "https:")
    http = RegistryHttp(address, Desk(), manners=Manners(attempts=2, first_wait_s=0.001))
    with pytest.raises(RegistryUnavailable):
        list(http.pages("/v1", {}))
