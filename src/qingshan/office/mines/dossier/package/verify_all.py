"""一矿一档核验程序：只用 Python 标准库，不联网，不需要出证系统。

用法：在解压后的文件夹运行 python -I 核验全部.py
返回：0 全部成立；1 有不成立的。
"""

from __future__ import annotations

import json
import os
import sys
import types
from typing import Any

HERE = os.path.dirname(os.path.abspath(__file__))
PROOFS, LISTING = "留痕证明", "文件清单.tsv"


def read(name: str) -> bytes:
    with open(os.path.join(HERE, *name.split("/")), "rb") as file:
        return file.read()


def verifier() -> types.ModuleType:
    """留痕证明核验程序，与每条证明内所附的相同。"""
    module = types.ModuleType("verify")
    exec(compile(read(PROOFS + "/verify.py"), "verify.py", "exec"), module.__dict__)
    return module


def listed() -> list[list[str]]:
    lines = read(LISTING).decode("utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    for row in rows:
        name = row[3]
        if name.startswith("/") or ".." in name.split("/"):
            raise ValueError("清单中的文件名不符：" + name)
    return rows


def present() -> set[str]:
    found = set()
    for folder, _, names in os.walk(HERE):
        for name in names:
            place = os.path.relpath(os.path.join(folder, name), HERE).replace(os.sep, "/")
            found.add(place)
    return found - {LISTING}


def faults_of_files(rows: list[list[str]], module: types.ModuleType) -> list[str]:
    """与清单不符的文件。"""
    names = {row[3] for row in rows}
    faults = ["多余的文件：" + name for name in sorted(present() - names)]
    faults += ["缺少的文件：" + name for name in sorted(names - present())]
    for digest, size, _, name in rows:
        if name in present():
            content = read(name)
            if module.sm3(content).hex() != digest or len(content) != int(size):
                faults.append("与清单不符：" + name)
    return faults


def entries_proved(module: types.ModuleType, faults: list[str]) -> dict[str, dict[str, Any]]:
    """逐条核验，返回成立的留痕，按序号。"""
    proved = {}
    for name in sorted(os.listdir(os.path.join(HERE, PROOFS))):
        if not name.endswith(".zip"):
            continue
        try:
            files = module.read_files(os.path.join(HERE, PROOFS, name))
            entry = module.check_all(files, None, None, lambda line: None)
            proved[str(entry["seq"])] = entry
        except Exception as error:
            faults.append("证明不成立：" + name + "：" + str(error))
    return proved


def faults_of_documents(rows: list[list[str]], proved: dict[str, dict[str, Any]]) -> list[str]:
    """文件原件与归入时留痕所记的摘要不一致的。"""
    faults = []
    for digest, _, seq, name in rows:
        if not name.startswith("文件/") or not seq:
            continue
        recorded = json.loads(proved[seq]["new_json"]) if seq in proved else {}
        if recorded.get("file_sm3") != digest:
            faults.append("与归入时的留痕不符：" + name)
    return faults


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        module, rows = verifier(), listed()
        faults = faults_of_files(rows, module)
        proved = entries_proved(module, faults)
        faults += faults_of_documents(rows, proved)
    except Exception as error:
        sys.stdout.write("✗ 文件无法读取：" + type(error).__name__ + ": " + str(error) + "\n结论：不成立\n")
        return 1
    sys.stdout.write(f"已核对文件 {len(rows)} 个，留痕证明 {len(proved)} 条成立\n")
    unproved = [row[3] for row in rows if row[3].startswith("文件/") and not row[2]]
    for name in unproved:
        sys.stdout.write("○ 包内没有归入该文件的留痕：" + name + "\n")
    for fault in faults:
        sys.stdout.write("✗ " + fault + "\n")
    sys.stdout.write("结论：" + ("不成立" if faults else "成立") + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
