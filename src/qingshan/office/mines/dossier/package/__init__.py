"""How does a whole dossier leave: page, tables, shapes, documents, acts, and the proof of each act?"""

from qingshan.office.mines.dossier.package.contents import Weight, file_name, weight_of, write_package

__all__ = ["Weight", "file_name", "weight_of", "write_package"]
