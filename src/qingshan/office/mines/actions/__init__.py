"""What changes the register? A file for each topic."""

from qingshan.office.mines.actions.entering import correct_one, register_one
from qingshan.office.mines.actions.extents import import_extents
from qingshan.office.mines.actions.importing import (
    import_facilities,
    import_land_uses,
    import_mines,
    import_patches,
    import_rights,
    import_sites,
)
from qingshan.office.mines.actions.likeness import find_likeness, tell_apart
from qingshan.office.mines.actions.merging import Merger, merge_mines, undo_merge
from qingshan.office.mines.actions.papers import (
    NewDocument,
    NewPlan,
    determine_responsible_party,
    extent_as_kept,
    file_document,
    note_reference,
    register_plan,
)

__all__ = [
    "Merger",
    "NewDocument",
    "NewPlan",
    "correct_one",
    "determine_responsible_party",
    "extent_as_kept",
    "file_document",
    "find_likeness",
    "import_extents",
    "import_facilities",
    "import_land_uses",
    "import_mines",
    "import_patches",
    "import_rights",
    "import_sites",
    "merge_mines",
    "note_reference",
    "register_one",
    "register_plan",
    "tell_apart",
    "undo_merge",
]
