"""Which maps of others lie below ours? Services that this installation declares, read for the page by the server.

Nothing is fetched where nothing is declared. The page asks only us: so the key of a service, its address and
the names of the readers stay here, and the content security policy knows no outside host.
"""

from qingshan.office.places.services.declared import Declared, Role, Service, declared, services_for
from qingshan.office.places.services.keeping import sweep
from qingshan.office.places.services.reading import Answer, read_tile
from qingshan.office.places.services.sentences import ServiceFailed

__all__ = [
    "Answer",
    "Declared",
    "Role",
    "Service",
    "ServiceFailed",
    "declared",
    "read_tile",
    "services_for",
    "sweep",
]
