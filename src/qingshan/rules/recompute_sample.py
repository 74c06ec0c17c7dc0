#!/usr/bin/env python3
"""复算批次抽查 / compute the sample of a batch again:  python3 recompute_sample.py sample.json

只用 Python 标准库，不需要本系统。Python 3.10 and later, standard library only.

1. 名单摘要 = SM3(名单的 JSON 文本：名称排序、无空格)          list_digest = SM3 of the list as compact JSON
2. 封签 = SM3(批次号 + 换行 + 一方 + 换行 + 号码)，先公布       seal = SM3 of batch, side, number; published first
3. 种子 = 各方号码以竖线相连 | 名单摘要                         seed = numbers joined by bars, a bar, list_digest
4. 各区划先各抽最少处数，余数按权重分配；区划内同类相邻、       each region its least, the rest by weight; in a region
   按 SM3 签号排成一行，长度为权重，从种子定的起点等距抽取。     sites in a row by SM3 lots, an equal step from a start
"""

from __future__ import annotations

import json
import struct
import sys
from typing import Any

MASK = 0xFFFFFFFF


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


def rotate(word: int, places: int) -> int:
    places %= 32
    return ((word << places) | (word >> (32 - places))) & MASK


def sm3(text: str) -> str:
    """GB/T 32905-2016."""
    data = text.encode("utf-8")
    state = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    data += b"\x80" + bytes(-(len(data) + 9) % 64) + struct.pack(">Q", len(data) * 8)
    for offset in range(0, len(data), 64):
        words = list(struct.unpack(">16I", data[offset : offset + 64]))
        for j in range(16, 68):
            mixed = words[j - 16] ^ words[j - 9] ^ rotate(words[j - 3], 15)
            mixed ^= rotate(mixed, 15) ^ rotate(mixed, 23)
            words.append(mixed ^ rotate(words[j - 13], 7) ^ words[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            constant = 0x79CC4519 if j < 16 else 0x7A879D8A
            ss1 = rotate((rotate(a, 12) + e + rotate(constant, j)) & MASK, 7)
            ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if j < 16 else (e & f) | (~e & MASK & g)
            one = (ff + d + (ss1 ^ rotate(a, 12)) + (words[j] ^ words[j + 4])) & MASK
            two = (gg + h + ss1 + words[j]) & MASK
            a, b, c, d = one, a, rotate(b, 9), c
            e, f, g, h = two ^ rotate(two, 9) ^ rotate(two, 17), e, rotate(f, 19), g
        state = [old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True)]
    return "".join(f"{word:08x}" for word in state)


def digest_of_list(record: dict[str, Any]) -> str:
    rows = [
        {"id": row["id"], "strata": row["strata"], "weight": row["weight"]}
        for row in sorted(record["items"], key=lambda row: row["id"])
    ]
    whole = {"items": rows, "plan": record["plan"], "subject": record["subject"]}
    return sm3(json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def shared_out(rows: list[dict[str, Any]], size: int, least: int) -> list[tuple[list[dict[str, Any]], int]]:
    regions: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        regions.setdefault(row["strata"][0], []).append(row)
    if least < 1 or size < least * len(regions):
        return [(rows, size)] if rows else []
    counts = {name: min(least, len(group)) for name, group in regions.items()}
    weights = {name: sum(row["weight"] for row in group) for name, group in regions.items()}
    while size > sum(counts.values()):
        rest = size - sum(counts.values())
        free = sorted(name for name, group in regions.items() if counts[name] < len(group))
        whole = sum(weights[name] for name in free)
        added = {name: min(rest * weights[name] // whole, len(regions[name]) - counts[name]) for name in free}
        if not any(added.values()):
            added = dict.fromkeys(
                sorted(free, key=lambda name: (-(rest * weights[name] % whole), name))[:rest], 1
            )
        for name, more in added.items():
            counts[name] += more
    return [(regions[name], counts[name]) for name in sorted(regions)]


def place(row: dict[str, Any], label: str) -> tuple[str, ...]:
    strata = row["strata"]
    lots = [sm3("\n".join([label, "stratum", *strata[: depth + 1]])) for depth in range(len(strata))]
    return (*lots, sm3("\n".join([label, "site", row["id"]])), row["id"])


def along_the_row(rows: list[dict[str, Any]], count: int, label: str) -> list[str]:
    chosen: list[str] = []
    start_of = "\n".join([label, "start", *sorted({row["strata"][0] for row in rows})])
    while count:
        whole = sum(row["weight"] for row in rows)
        heavy = [row["id"] for row in rows if count * row["weight"] >= whole]
        if not heavy:
            break
        chosen += heavy
        rows = [row for row in rows if count * row["weight"] < whole]
        count -= len(heavy)
    if not count:
        return chosen
    step = sum(row["weight"] for row in rows)
    point, end = int(sm3(start_of), 16) % step, 0
    for row in sorted(rows, key=lambda row: place(row, label)):
        end += row["weight"] * count
        if point < end:
            chosen.append(row["id"])
            point += step
    return chosen


def result_of(record: dict[str, Any]) -> list[list[str]]:
    plan = record["plan"]
    numbers = [share["secret"].strip().lower() for share in record["shares"]]
    seed = "|".join([*numbers, digest_of_list(record)])
    drawn: list[list[str]] = []
    for told in record["rounds"]:
        before = {one for ids in drawn for one in ids}
        left = [row for row in record["items"] if row["id"] not in before]
        wanted = {1: plan["size"], 2: plan["size"] * plan["times"], 3: len(left)}[told["round"]]
        label = f"{seed}\n{told['round']}"
        ids: list[str] = []
        for rows, count in shared_out(left, min(wanted, len(left)), plan["least_in_region"]):
            ids += along_the_row(rows, count, label)
        drawn.append(sorted(ids))
    return drawn


def main(path: str) -> int:
    with open(path, encoding="utf-8") as file:
        record = json.load(file)
    right = True
    if digest_of_list(record) != record["list_digest"]:
        say("名单摘要不符 / the digest of the list differs")
        right = False
    for share in record["shares"]:
        said = "\n".join([record["subject"], share["by"], share["secret"].strip().lower()])
        if sm3(said) != share["seal"]:
            say("号码与先公布的封签不符 / not the number that was sealed: " + share["by"])
            right = False
    names = {row["id"]: row.get("name", "") for row in record["items"]}
    for told, ids in zip(record["rounds"], result_of(record), strict=True):
        for one in ids:
            say(f"{told['round']}\t{one}\t{names[one]}")
        if ids != told["drawn"]:
            number = told["round"]
            say(f"第 {number} 轮结果不符 / the result of round {number} differs")
            right = False
    say("复算一致 / computed again, the same" if right else "复算不一致 / NOT the same")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
