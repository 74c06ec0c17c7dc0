"""Is everything there that the documents name, without cost to whoever only imports the package, and without Django?"""

from __future__ import annotations

import subprocess
import sys

import pytest

from qingshan import earth


def in_a_new_process(code: str) -> str:
    ran = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, timeout=100)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


@pytest.mark.parametrize("name", earth.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(earth, name) is not None
    assert name in dir(earth)


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError):
        _ = earth.no_such_thing


def test_importing_the_package_loads_neither_images_nor_compilers() -> None:
    code = (
        "import sys, qingshan.earth as e; print(sorted({'numba', 'rasterio', 'django', 'pyarrow', 'shapely', 'numpy'}"
        " & set(sys.modules)))"
    )
    assert in_a_new_process(code) == "[]"


def test_the_command_needs_no_django_and_no_compiler_to_explain_itself() -> None:
    code = (
        "import sys; from qingshan.earth import command\n"
        "try: command.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'numba', 'django'} & set(sys.modules)))"
    )
    assert in_a_new_process(code).splitlines()[-1] == "[]"


def test_functions_stay_functions_when_their_modules_are_loaded() -> None:
    code = (
        "import qingshan.earth.measures.weights, qingshan.earth.measures.zonal, qingshan.earth.surveys\n"
        "from qingshan import earth\n"
        "print(all(map(callable, (earth.weights, earth.zonal, earth.survey))))"
    )
    assert in_a_new_process(code) == "True"
