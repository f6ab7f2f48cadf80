"""Keys and certificates of nobody for the tests of signatures: a root, a signer, a time stamp authority."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

DAY = dt.timedelta(days=1)
AUTHORITY = "authority.cnf"
CONFIGURATION = """[tsa]
default_tsa = here
[here]
serial = serial
signer_cert = signer.pem
certs = root.pem
signer_key = signer.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.32473.1
digests = sha256
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True)
class Holder:
    """A key with its certificate."""

    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    certificate: x509.Certificate

    def pem(self) -> bytes:
        """Give the certificate as text."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def holder(name: str, issuer: Holder | None = None, *, is_root: bool = False, stamps: bool = False) -> Holder:
    """Make a key and a certificate, signed by the issuer or by itself."""
    key = rsa.generate_private_key(65537, 2048) if stamps else ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    usage = x509.KeyUsage(not is_root, not is_root, False, False, False, is_root, is_root, False, False)
    builder = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key()).serial_number(x509.random_serial_number()).not_valid_before(now - DAY).not_valid_after(now + 30 * DAY)
        .add_extension(x509.BasicConstraints(is_root, None), critical=True).add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )  # fmt: skip
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return Holder(key, builder.sign(issuer.key if issuer else key, hashes.SHA256()))


def write_keys(folder: Path, passphrase: bytes) -> tuple[Holder, Holder]:
    """Write root.pem, other.pem (another root), key.p12, key.pem (both encrypted), plain.pem, certificate.pem; gives root and signer."""
    root, other = holder("Root of the tests", is_root=True), holder("Root of somebody else", is_root=True)
    signer = holder("Example Reporting", root)
    locked, plain = serialization.BestAvailableEncryption(passphrase), serialization.NoEncryption()
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8)
    files = {
        "root.pem": root.pem(), "other.pem": other.pem(), "certificate.pem": signer.pem() + root.pem(),
        "key.p12": pkcs12.serialize_key_and_certificates(b"key", signer.key, signer.certificate, [root.certificate], locked),
        "key.pem": signer.key.private_bytes(*form, locked), "plain.pem": signer.key.private_bytes(*form, plain),
    }  # fmt: skip
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return root, signer


def time_stamper(root: Holder) -> DummyTimeStamper:
    """A time stamp authority in this process."""
    own = holder("Time stamp authority of the tests", root, stamps=True)
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register(_certificate(root))
    der = own.key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return DummyTimeStamper(tsa_cert=_certificate(own), tsa_key=asn1_keys.PrivateKeyInfo.load(der), certs_to_embed=registry)


def write_authority(folder: Path, root: Holder) -> Path:
    """Write key, certificate and configuration of a time stamp authority as `openssl ts` takes them; gives the folder."""
    folder.mkdir()
    own = holder("Time stamp authority of OpenSSL", root, stamps=True)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    files = {"signer.pem": own.pem(), "root.pem": root.pem(), "signer.key": own.key.private_bytes(*form)}
    for name, content in {**files, "serial": b"01\n", AUTHORITY: CONFIGURATION.encode()}.items():
        (folder / name).write_bytes(content)
    return folder


def _certificate(one: Holder) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(one.certificate.public_bytes(serialization.Encoding.DER))
