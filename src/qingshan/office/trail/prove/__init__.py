"""How can one entry be proved to somebody who trusts neither this program nor its database?"""

from qingshan.office.trail.prove.bundle import write_bundle

__all__ = ["write_bundle"]
