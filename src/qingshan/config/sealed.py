"""How are private keys carried in a backup so that only who knows the passphrase can read them?

scrypt stretches the passphrase, AES-256-GCM seals the files: a wrong passphrase or a changed bit is refused.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from qingshan.config.errors import CommandError

SHORTEST_PASSPHRASE = 12
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**17, 8, 1  # 128 MiB and about half a second for each guess
PURPOSE = b"qingshan keys 1"


def seal(files: Mapping[str, bytes], passphrase: str) -> bytes:
    """The files as one sealed text. A passphrase that is too short: CommandError."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise CommandError.because("command.short_passphrase", shortest=SHORTEST_PASSPHRASE)
    salt, nonce = os.urandom(16), os.urandom(12)
    plain = json.dumps({name: _text(content) for name, content in files.items()}).encode()
    sealed = AESGCM(_key(passphrase, salt)).encrypt(nonce, plain, PURPOSE)
    parts = {"salt": salt, "nonce": nonce, "sealed": sealed}
    return json.dumps({name: _text(part) for name, part in parts.items()}).encode()


def unseal(text: bytes, passphrase: str) -> dict[str, bytes]:
    """What `seal` was given. Another passphrase or damaged text: CommandError."""
    parts = {name: base64.b64decode(part) for name, part in json.loads(text).items()}
    try:
        plain = AESGCM(_key(passphrase, parts["salt"])).decrypt(parts["nonce"], parts["sealed"], PURPOSE)
    except InvalidTag:
        raise CommandError.because("command.wrong_passphrase") from None
    return {name: base64.b64decode(content) for name, content in json.loads(plain).items()}


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P).derive(passphrase.encode())


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
