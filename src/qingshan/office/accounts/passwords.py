"""Is this password good enough, and what is a good temporary one? (GB/T 22239-2019: complexity, rotation)"""

from __future__ import annotations

import secrets
import string
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from qingshan.office.accounts.sentences import AccountRefused
from qingshan.rules.reasons import CHINESE, Reason, say

KEPT = 5
"""How many passwords back may not be used again, the present one included."""
KINDS_NEEDED = 3
TEMPORARY_LENGTH = 14
# without the letters and digits that are read for one another
ALPHABETS = ("ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789", "-+=?")


class ThreeKindsOfCharacters:
    """Of capitals, small letters, digits and signs, three kinds at least."""

    def validate(self, password: str, user: Any = None) -> None:
        kinds = kinds_of(password)
        if kinds < KINDS_NEEDED:
            reason = Reason("accounts.password_few_kinds", {"kinds": kinds})
            raise ValidationError(say(reason, get_language() or CHINESE), code=reason.code)

    def get_help_text(self) -> str:
        return say(Reason("accounts.password_kinds_help"), get_language() or CHINESE)


def kinds_of(password: str) -> int:
    """How many kinds of characters it has; Chinese characters count as signs."""
    ascii_kinds = (string.ascii_uppercase, string.ascii_lowercase, string.digits)
    known = "".join(ascii_kinds)
    counted = [any(each in kind for each in password) for kind in ascii_kinds]
    return sum(counted) + any(each not in known for each in password)


def check_rules(password: str, person: Any) -> None:
    """Refused with all faults in the reader's language, as Django's validators of the settings find them."""
    try:
        validate_password(password, person)
    except ValidationError as weak:
        reasons = [Reason("accounts.password_weak", {"sentence": message}) for message in weak.messages]
        raise AccountRefused(*reasons) from weak


def temporary_password() -> str:
    """A random password with all kinds of characters, easy to read aloud."""
    one_of_each = [secrets.choice(alphabet) for alphabet in ALPHABETS]
    rest = [secrets.choice("".join(ALPHABETS[:3])) for _ in range(TEMPORARY_LENGTH - len(one_of_each))]
    characters = one_of_each + rest
    secrets.SystemRandom().shuffle(characters)
    return "".join(characters)
