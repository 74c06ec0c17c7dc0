"""留痕证明核验程序：只用 Python 标准库，不联网，不需要数据库，也不需要出证系统。

用法：python verify.py [--key 公钥摘要] [--checkpoint 检查点文件] [文件夹或压缩包]
返回：0 证明成立；1 证明不成立。
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
import zipfile
from collections.abc import Callable
from typing import Any

ENTRY = b"qingshan.trail.entry.v1\x00"
SUBJECTS = b"qingshan.trail.subjects.v1\x00"
OBJECT = b"qingshan.trail.object.v1\x00"
CHECKPOINT = b"qingshan.trail.checkpoint.v1\x00"
NOTE, NOTE_SM3 = "说明.txt", "@@"
HEX64, HEX128 = re.compile(r"[0-9a-f]{64}\Z"), re.compile(r"[0-9a-f]{128}\Z")
LABELS = [
    ("act", "行为"), ("occurred_on", "发生日期"), ("recorded_at", "入录时间（世界时）"),
    ("decider_name", "决定人"), ("decider_organisation", "决定人单位"), ("decider_post", "决定人岗位"),
    ("recorder_name", "录入人"), ("recorder_organisation", "录入人单位"), ("recorder_post", "录入人岗位"),
    ("paper_number", "纸质文件文号"), ("paper_decided_on", "纸质决定日期"), ("paper_scan", "扫描件摘要"),
    ("old_json", "原值"), ("new_json", "新值"), ("because_json", "理由"), ("personal_json", "个人信息承诺"),
    ("subject_count", "涉及对象"),
]  # fmt: skip


Files = dict[str, bytes]
Said = dict[str, Any]
Point = tuple[int, int, int, int]


class Refused(Exception):
    """证明不成立的原因。"""


# ---- SM3（GB/T 32905-2016）----


def sm3(data: bytes) -> bytes:
    try:
        return hashlib.new("sm3", data).digest()
    except ValueError:  # 本机 OpenSSL 没有 SM3
        return sm3_plain(data)


def sm3_plain(data: bytes) -> bytes:
    state = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    padded = data + b"\x80" + bytes((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    for start in range(0, len(padded), 64):
        state = _compress(state, padded[start : start + 64])
    return b"".join(word.to_bytes(4, "big") for word in state)


def _turn(word: int, count: int) -> int:
    count %= 32
    return ((word << count) | (word >> (32 - count))) & 0xFFFFFFFF


def _expand(block: bytes) -> list[int]:
    words = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 64, 4)]
    for i in range(16, 68):
        mixed = words[i - 16] ^ words[i - 9] ^ _turn(words[i - 3], 15)
        mixed ^= _turn(mixed, 15) ^ _turn(mixed, 23)
        words.append(mixed ^ _turn(words[i - 13], 7) ^ words[i - 6])
    return words


def _compress(state: list[int], block: bytes) -> list[int]:
    words = _expand(block)
    a, b, c, d, e, f, g, h = state
    for i in range(64):
        constant = 0x79CC4519 if i < 16 else 0x7A879D8A
        ss1 = _turn((_turn(a, 12) + e + _turn(constant, i)) & 0xFFFFFFFF, 7)
        ff = a ^ b ^ c if i < 16 else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if i < 16 else (e & f) | (~e & 0xFFFFFFFF & g)
        tt1 = (ff + d + (ss1 ^ _turn(a, 12)) + (words[i] ^ words[i + 4])) & 0xFFFFFFFF
        tt2 = (gg + h + ss1 + words[i]) & 0xFFFFFFFF
        a, b, c, d = tt1, a, _turn(b, 9), c
        e, f, g, h = tt2 ^ _turn(tt2, 9) ^ _turn(tt2, 17), e, _turn(f, 19), g
    new = (a, b, c, d, e, f, g, h)
    return [state[i] ^ new[i] for i in range(8)]


# ---- Ed25519（RFC 8032）----

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def _point(text: bytes) -> Point | None:
    """32 bytes to extended coordinates; None where no point has this y."""
    number = int.from_bytes(text, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def _sum(one: Point, two: Point) -> Point:
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: Point) -> Point:
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = _sum(total, point)
        point, number = _sum(point, point), number >> 1
    return total


def _text(point: Point) -> bytes:
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def ed25519_holds(public_key: bytes, text: bytes, signature: bytes) -> bool:
    key, s = _point(public_key), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or key is None or s >= L:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + text).digest()
    k = int.from_bytes(digest, "little") % L
    minus_key = (P - key[0], key[1], 1, P - key[3])
    return _text(_sum(_times(s, BASE), _times(k, minus_key))) == signature[:32]


# ---- 校验树（RFC 9162 §2.1.3.2、§2.1.4.2）----


def leaf_hash(data: bytes) -> bytes:
    return sm3(b"\x00" + data)


def node_hash(left: bytes, right: bytes) -> bytes:
    return sm3(b"\x01" + left + right)


def root_from_inclusion(data: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    number, last, found = index, size - 1, leaf_hash(data)
    for neighbour in path:
        if last == 0:
            raise Refused("到根的路径过长")
        if number % 2 or number == last:
            found = node_hash(neighbour, found)
            while number % 2 == 0 and number:
                number, last = number >> 1, last >> 1
        else:
            found = node_hash(found, neighbour)
        number, last = number >> 1, last >> 1
    if last:
        raise Refused("到根的路径过短")
    return found


def is_consistent(old_size: int, old_root: bytes, size: int, root: bytes, path: list[bytes]) -> bool:
    if old_size == size:
        return not path and old_root == root
    steps = ([old_root] if old_size & (old_size - 1) == 0 else []) + path
    if not steps:
        return False
    number, last = old_size - 1, size - 1
    while number % 2:
        number, last = number >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if number % 2 or number == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while number % 2 == 0 and number:
                number, last = number >> 1, last >> 1
        else:
            new = node_hash(new, step)
        number, last = number >> 1, last >> 1
    return last == 0 and old == old_root and new == root


# ---- 逐项核验 ----


def canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def need(holds: object, why: str) -> None:
    if not holds:
        raise Refused(why)


def hexes(values: Any) -> list[bytes]:
    need(
        isinstance(values, list) and all(isinstance(v, str) and HEX64.match(v) for v in values),
        "路径格式不符",
    )
    return [bytes.fromhex(value) for value in values]


def read_json(files: Files, name: str) -> Any:
    need(name in files, "缺少文件 " + name)
    value = json.loads(files[name].decode("utf-8"))
    need(canonical(value).encode("utf-8") == files[name], name + " 不是规范文本")
    return value


def check_note(files: Files) -> None:
    need(NOTE in files and sm3(files[NOTE]).hex() == NOTE_SM3, "说明.txt 缺失或被改动")


def check_names(files: Files) -> None:
    known = {"entry.json", "subjects.tsv", "proof.json", "verify.py", NOTE, "object.json"}
    need(set(files) <= known, "包内有多余文件：" + "、".join(sorted(set(files) - known)))


def check_entry(files: Files, proof: Said) -> Said:
    entry: Said = read_json(files, "entry.json")
    need(HEX64.match(proof["hash"]) is not None, "摘要格式不符")
    need(sm3(ENTRY + files["entry.json"]).hex() == proof["hash"], "留痕原文与其摘要不符")
    return entry


def check_subjects(files: Files, entry: Said, about: list[Any] | None) -> None:
    need("subjects.tsv" in files, "缺少文件 subjects.tsv")
    text = files["subjects.tsv"]
    need(sm3(SUBJECTS + text).hex() == entry["subjects_digest"], "涉及对象与留痕所记摘要不符")
    lines = text.decode("utf-8").splitlines()
    need(len(lines) == entry["subject_count"], "涉及对象数量不符")
    if about is not None:
        need("\t".join(map(str, about)) in lines, "所证对象不在涉及对象之中")


def check_object(files: Files, about: list[Any] | None) -> None:
    if about is None:
        raise Refused("包内对象全文没有对应的对象")
    said = read_json(files, "object.json")
    need(said[0] == about[0] and said[1].get("id", about[1]) == about[1], "对象全文不是所证对象")
    need(sm3(OBJECT + files["object.json"]).hex() == about[2], "对象全文与办理后的摘要不符")


def check_checkpoint(saved: Said) -> str:
    names = {"format", "size", "root", "made_at", "algorithm", "public_key", "signature"}
    need(set(saved) == names and saved["format"] == "qingshan-checkpoint-1", "检查点格式不符")
    need(type(saved["size"]) is int and saved["size"] > 0, "检查点条目数不符")
    need(HEX64.match(saved["root"]) and HEX64.match(saved["public_key"]), "检查点格式不符")
    need(HEX128.match(saved["signature"]) is not None, "签名格式不符")
    need(saved["algorithm"] == "ed25519", "本程序不认识签名算法 " + str(saved["algorithm"]))
    public_key = bytes.fromhex(saved["public_key"])
    key = sm3(saved["algorithm"].encode() + b"\x00" + public_key).hex()
    parts = [saved["size"], saved["root"], saved["made_at"], saved["algorithm"], key]
    text = CHECKPOINT + canonical(parts).encode("utf-8")
    need(ed25519_holds(public_key, text, bytes.fromhex(saved["signature"])), "检查点签名无效")
    return key


def check_inclusion(entry: Said, proof: Said) -> None:
    saved, seq = proof["checkpoint"], entry["seq"]
    need(type(seq) is int and 0 < seq <= saved["size"], "该条留痕不在检查点之内")
    path = hexes(proof["path"])
    root = root_from_inclusion(bytes.fromhex(proof["hash"]), seq - 1, saved["size"], path)
    need(root.hex() == saved["root"], "该条留痕不属于检查点的根")


def check_earlier(proof: Said) -> str | None:
    earlier, saved, path = proof["earlier"], proof["checkpoint"], hexes(proof["consistency"])
    if earlier is None:
        need(not path, "多余的衔接证明")
        return None
    key = check_checkpoint(earlier)
    need(earlier["size"] < saved["size"], "较早检查点并不较早")
    old_root, root = bytes.fromhex(earlier["root"]), bytes.fromhex(saved["root"])
    need(is_consistent(earlier["size"], old_root, saved["size"], root, path), "留痕不是较早检查点的延续")
    return key


def check_kept(proof: Said, kept: Said) -> None:
    """A checkpoint that the reader kept: the same as one of the two in the bundle."""
    inside = [(each["size"], each["root"]) for each in (proof["checkpoint"], proof["earlier"]) if each]
    need((kept["size"], kept["root"]) in inside, "与您保存的检查点不符，或包内没有该检查点")


def check_all(files: Files, key: str | None, kept: Said | None, tell: Callable[[str], object]) -> Said:
    check_names(files)
    check_note(files)
    proof = read_json(files, "proof.json")
    names = {"format", "hash", "path", "checkpoint", "earlier", "consistency", "about"}
    need(set(proof) == names and proof["format"] == "qingshan-proof-1", "proof.json 格式不符")
    entry = check_entry(files, proof)
    tell("留痕原文与其 SM3 摘要一致")
    check_subjects(files, entry, proof["about"])
    tell(f"涉及对象 {entry['subject_count']} 项与留痕所记一致")
    if "object.json" in files:
        check_object(files, proof["about"])
        tell("对象全文就是办理后的内容")
    signer = check_checkpoint(proof["checkpoint"])
    tell(f"检查点（前 {proof['checkpoint']['size']} 条）签名有效，公钥摘要 {signer}")
    need(key is None or key == signer, "检查点不是由您给出的密钥签署")
    check_inclusion(entry, proof)
    tell(f"第 {entry['seq']} 条留痕包含在检查点之内")
    if check_earlier(proof):
        tell(f"现有留痕是较早检查点（前 {proof['earlier']['size']} 条）的延续")
    if kept is not None:
        check_kept(proof, kept)
        tell("与您保存的检查点一致")
    return entry


def read_file(place: str) -> bytes:
    with open(place, "rb") as file:
        return file.read()


def read_files(place: str) -> Files:
    if os.path.isdir(place):
        names = [n for n in os.listdir(place) if os.path.isfile(os.path.join(place, n))]
        return {name: read_file(os.path.join(place, name)) for name in names}
    with zipfile.ZipFile(place) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def show(entry: Said) -> None:
    say(f"第 {entry['seq']} 条留痕")
    for name, label in LABELS:
        if entry.get(name) not in (None, "", "[]", "{}"):
            say(f"    {label}：{entry[name]}")


def read_kept(place: str | None) -> Said | None:
    if place is None:
        return None
    with open(place, "rb") as file:
        kept: Said = json.loads(file.read().decode("utf-8"))
    check_checkpoint(kept)
    return kept


def main(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description="核验留痕证明")
    parser.add_argument("place", nargs="?", default=here, help="文件夹或压缩包")
    parser.add_argument("--key", help="出证单位公布的公钥摘要")
    parser.add_argument("--checkpoint", help="您以前保存的检查点文件")
    chosen = parser.parse_args(arguments)
    try:
        kept = read_kept(chosen.checkpoint)
        entry = check_all(read_files(chosen.place), chosen.key, kept, lambda line: say("✓ " + line))
    except Refused as refused:
        say(f"✗ {refused}\n结论：证明不成立")
        return 1
    except Exception as error:  # whatever is wrong with the files, the proof does not hold
        say(f"✗ 文件无法读取或格式不符：{type(error).__name__}: {error}\n结论：证明不成立")
        return 1
    show(entry)
    say("结论：证明成立")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
