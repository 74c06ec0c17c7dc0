"""Content-addressed files. Knows nothing of Django."""

from qingshan.vault.errors import VaultError
from qingshan.vault.store import Damaged, StoredFile, Swept, Vault

__all__ = ["Damaged", "StoredFile", "Swept", "Vault", "VaultError"]
