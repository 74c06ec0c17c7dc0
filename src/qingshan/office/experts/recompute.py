#!/usr/bin/env python3
"""复算随机抽取 / compute a draw again:  python3 recompute.py draw.json

只用 Python 标准库，不需要本系统。Python 3.8 and later, standard library only.

1. 名单摘要 = SHA-256(名单的 JSON 文本：名称排序、无空格)      list_digest = SHA-256 of the list as compact JSON
2. 种子 = 公开号码 | 名单摘要                                seed = public number, a bar, list_digest
3. 签号 = SHA-256(种子 + 换行 + 专家编号)，由小到大为名次     lot = SHA-256 of seed, line feed, number; smallest first
4. 按名次依次入座，必要时已入座者换到自己的另一专业；         by rank each takes a seat; who has several fields
   坐不下的为候补。退出者保留名次、让出座位。                  moves where that seats one more; the rest is the reserve
"""

from __future__ import annotations

import hashlib
import json
import sys
from typing import Any


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def digest_of_list(record: dict[str, Any]) -> str:
    people = [
        {
            "because": [{"code": why["code"], "values": why["values"]} for why in row["because"]],
            "fields": sorted(row["fields"]),
            "id": row["id"],
        }
        for row in sorted(record["candidates"], key=lambda row: row["id"])
    ]
    whole = {"candidates": people, "wanted": sorted(map(list, record["wanted"]))}
    return sha256(json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def seated(order: list[str], fields: dict[str, list[str]], wanted: dict[str, int]) -> dict[str, str]:
    seats: dict[str, list[str]] = {
        seat: [] for seat in sorted(wanted, key=lambda seat: (seat == "any", seat))
    }

    def sits(one: str, tried: set[str]) -> bool:
        fitting = [seat for seat in seats if seat not in tried and (seat == "any" or seat in fields[one])]
        tried.update(fitting)
        for seat in fitting:
            if len(seats[seat]) < wanted[seat]:
                seats[seat].append(one)
                return True
        for seat in fitting:
            for place, other in enumerate(seats[seat]):
                if sits(other, tried):
                    seats[seat][place] = one
                    return True
        return False

    for one in order:
        sits(one, set())
    return {one: seat for seat, holders in seats.items() for one in holders}


def result_of(record: dict[str, Any]) -> list[tuple[Any, ...]]:
    wanted = dict(record["wanted"])
    seed = record["seed_number"] + "|" + digest_of_list(record)
    fields = {row["id"]: row["fields"] for row in record["candidates"]}
    lots = {one: sha256(seed + "\n" + one) for one in fields}
    excused = {row["id"] for row in record["excused"]}
    out = sorted(row["id"] for row in record["candidates"] if row["because"])
    order = sorted((one for one in fields if one not in out), key=lambda one: (lots[one], one))
    taken = seated([one for one in order if one not in excused], fields, wanted)
    rows: list[tuple[Any, ...]] = []
    waiting = 0
    for rank, one in enumerate(order, 1):
        seat: str = taken.get(one, "")
        reserve: int | None = None
        if one in excused:
            outcome = "excused"
        elif seat:
            outcome = "chosen"
        elif "any" in wanted or set(fields[one]) & set(wanted):
            waiting += 1
            outcome, reserve = "reserve", waiting
        else:
            outcome = "other_field"
        rows.append((one, lots[one], rank, outcome, seat, reserve))
    return rows + [(one, lots[one], None, "excluded", "", None) for one in out]


def main(path: str) -> int:
    with open(path, encoding="utf-8") as file:
        record = json.load(file)
    right = True
    if digest_of_list(record) != record["list_digest"]:
        say("名单摘要不符 / the digest of the list differs")
        right = False
    told = [
        (row["id"], row["lot"], row["rank"], row["outcome"], row["seat"], row["reserve"])
        for row in record["result"]
    ]
    names = {row["id"]: row["name"] for row in record["candidates"]}
    for row in result_of(record) if told else []:
        say(
            "\t".join(["-" if row[2] is None else str(row[2]), row[0], names[row[0]], row[3], row[4], row[1]])
        )
    if told and told != result_of(record):
        say("结果不符 / the result differs")
        right = False
    say("复算一致 / computed again, the same" if right else "复算不一致 / NOT the same")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
