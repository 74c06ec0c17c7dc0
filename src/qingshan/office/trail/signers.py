"""Who signs, and how is a signature checked?

Here a key in a file signs by Ed25519. Where 密评 asks for SM2, a signing server does: it needs a `KeyStore`
(setting TRAIL_KEYS, a dotted path) and a verifier declared for its algorithm.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.utils.module_loading import import_string

from qingshan.office.trail.secret_files import write_once
from qingshan.office.trail.sentences import TrailError
from qingshan.vault.digests import sm3_hex

ED25519 = "ed25519"

Verifier = Callable[[bytes, bytes, bytes], bool]


class Signer(Protocol):
    """One key that can sign."""

    @property
    def algorithm(self) -> str: ...
    @property
    def public_key(self) -> bytes: ...
    def sign(self, text: bytes) -> bytes: ...


class KeyStore(Protocol):
    """Where private keys are kept."""

    def make(self) -> Signer:
        """A new key, kept from now on."""

    def find(self, fingerprint: str) -> Signer | None:
        """The key with this fingerprint, or None where it is not kept here."""


def fingerprint_of(algorithm: str, public_key: bytes) -> str:
    """What names a key: SM3 over the algorithm's name and the public key."""
    return sm3_hex(algorithm.encode() + b"\x00" + public_key)


class FileSigner:
    """Ed25519 with a private key in memory."""

    algorithm = ED25519

    def __init__(self, private_key: Ed25519PrivateKey) -> None:
        self._private_key = private_key

    @property
    def public_key(self) -> bytes:
        return self._private_key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.algorithm, self.public_key)

    def sign(self, text: bytes) -> bytes:
        return self._private_key.sign(text)


class KeyFolder:
    """Private keys as files that only the program's account can read: KEYS_ROOT/trail-<fingerprint>.pem."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or Path(settings.KEYS_ROOT)

    def make(self) -> FileSigner:
        private_key = Ed25519PrivateKey.generate()
        signer = FileSigner(private_key)
        pem = private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        write_once(self._place(signer.fingerprint), pem)
        return signer

    def find(self, fingerprint: str) -> FileSigner | None:
        place = self._place(fingerprint)
        if not place.is_file():
            return None
        private_key = load_pem_private_key(place.read_bytes(), password=None)
        if (
            not isinstance(private_key, Ed25519PrivateKey)
            or FileSigner(private_key).fingerprint != fingerprint
        ):
            raise TrailError.because("trail.key_file_wrong", file=place.name)
        return FileSigner(private_key)

    def _place(self, fingerprint: str) -> Path:
        return self.root / f"trail-{fingerprint}.pem"


def key_store() -> KeyStore:
    """The installation's key store."""
    path = getattr(settings, "TRAIL_KEYS", None)
    return import_string(path)() if path else KeyFolder()


_VERIFIERS: dict[str, Verifier] = {}


def declare_verifier(algorithm: str, verifier: Verifier) -> None:
    """How signatures of an algorithm are checked: (public key, text, signature) -> bool."""
    _VERIFIERS[algorithm] = verifier


def is_signed(*, algorithm: str, public_key: bytes, text: bytes, signature: bytes) -> bool:
    """Whether the signature is of this key over this text; an algorithm that nobody declared is a no."""
    verifier = _VERIFIERS.get(algorithm)
    return verifier is not None and verifier(public_key, text, signature)


@cache
def _loaded(public_key: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public_key)


def _ed25519(public_key: bytes, text: bytes, signature: bytes) -> bool:
    try:
        _loaded(public_key).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


declare_verifier(ED25519, _ed25519)
