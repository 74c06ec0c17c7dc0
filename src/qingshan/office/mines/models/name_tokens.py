"""By which word of its name is a mine looked for, when another file writes the name differently?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from qingshan.rules.mine_names import MineName, mine_name

if TYPE_CHECKING:
    _Char = models.CharField[Any, Any]
else:
    _Char = models.CharField


def token_of(name: MineName) -> str:
    """What is particular about a name: 老虎沟 of 老虎沟石灰岩矿; empty where nothing is."""
    return (name.place or name.whole)[:TOKEN_CHARACTERS]


TOKEN_CHARACTERS = 60


class NameTokenField(_Char):
    """The particular word of the field `name`, derived on save and never set by hand."""

    derived = True
    """Not part of the object: digests of the object leave it out."""

    def __init__(self, verbose_name: Any = None, **options: Any) -> None:
        fixed = {"max_length": TOKEN_CHARACTERS, "null": True, "blank": True, "editable": False}
        super().__init__(verbose_name, **{**options, **fixed})

    def pre_save(self, model_instance: models.Model, add: Any) -> str:
        token = token_of(mine_name(getattr(model_instance, "name", "")))
        setattr(model_instance, self.attname, token)
        return token
