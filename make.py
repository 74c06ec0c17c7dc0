"""How is this checkout set up, shown, tested and measured? Needs Python 3.11 and no root.

make.py setup   install everything for working on it        make.py lint    style, floors of the house
make.py demo    set up and serve the demonstration          make.py types   mypy
make.py test    set up and run the tests                    make.py bench   measure (SMALL=1: quickly)
make.py fuzz    random property tests; prints its seed       make.py lock    write requirements/*.txt

PORT (8000) and QINGSHAN_HOME (./var) change where the demonstration runs. Mirrors set for pip are used.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SOURCES = ROOT / "src" / "qingshan"
LOCKS = ROOT / "requirements"
ENV = ROOT / ".venv"
BENCH_ENV = ROOT / ".venv-bench"
TOOLS_ENV = ROOT / ".venv-tools"  # uv and the builder of our own wheel
NODE_ENV = ROOT / ".venv-node"  # node from a wheel, only where the machine has none
CACHE = ROOT / ".cache"
STAMPS = CACHE / "stamps.json"
BIN = "Scripts" if os.name == "nt" else "bin"
OLDEST = (3, 11)
OLDEST_NODE = 18

began = time.monotonic()
downloads_s = 0.0


class Stop(Exception):
    """Set-up cannot go on; the text says why and what to do."""


def say(chinese: str, english: str) -> None:
    print(f"[{time.monotonic() - began:5.1f} s] {chinese} · {english}", flush=True)


# --- programs ---------------------------------------------------------------------------------------------


def program(env: Path, name: str) -> str:
    return str(env / BIN / name)


def run(*command: str, **changed: str) -> None:
    """A step that must succeed; its own output is shown."""
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, **changed}, check=False).returncode
    if code:
        raise Stop(f"失败（退出码 {code}） · failed (exit status {code}): {' '.join(command)}")


def quietly(*command: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """A step whose output matters only to us or when it fails."""
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **changed}, check=False, capture_output=True, text=True
    )


def must(*command: str, **changed: str) -> str:
    """A quiet step that must succeed; returns what it printed."""
    done = quietly(*command, **changed)
    if done.returncode:
        raise Stop(f"失败 · failed: {' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def timed_as_download(*command: str, **changed: str) -> str:
    """A quiet step that spends its time waiting for the network."""
    global downloads_s
    start = time.monotonic()
    try:
        return must(*command, **changed)
    finally:
        downloads_s += time.monotonic() - start


# --- what is up to date needs no second time --------------------------------------------------------------


def digest(*paths: Path) -> str:
    """Of files and, for folders, all their files: names and contents."""
    sums = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for path in _files(paths):
        sums.update(f"{path.relative_to(ROOT).as_posix()} {path.stat().st_size}\n".encode())
        sums.update(path.read_bytes())
    return sums.hexdigest()


def _files(paths: Iterable[Path]) -> list[Path]:
    found = [file for path in paths for file in (path.rglob("*") if path.is_dir() else [path])]
    return sorted(file for file in found if file.is_file() and "__pycache__" not in file.parts)


def stamped(step: str, wanted: str, *made: Path) -> bool:
    """Whether this step was done with exactly these inputs and what it made is still there."""
    return _stamps().get(step) == wanted and all(path.exists() for path in made)


def stamp(step: str, wanted: str) -> None:
    CACHE.mkdir(exist_ok=True)
    draft = STAMPS.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps({**_stamps(), step: wanted}, indent=1), encoding="utf-8")
    draft.replace(STAMPS)


def _stamps() -> dict[str, str]:
    return json.loads(STAMPS.read_text(encoding="utf-8")) if STAMPS.exists() else {}


# --- Python packages --------------------------------------------------------------------------------------


def tools() -> None:
    """uv, and the builder of our own package, in an environment of their own."""
    wanted = digest(LOCKS / "tools.txt")
    if stamped("tools", wanted, TOOLS_ENV):
        return
    say("准备安装工具", "preparing the installer")
    _new_environment(TOOLS_ENV)
    pip = (program(TOOLS_ENV, "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    timed_as_download(*pip, "--require-hashes", "-r", str(LOCKS / "tools.txt"))
    stamp("tools", wanted)


def _new_environment(place: Path) -> None:
    made = quietly(sys.executable, "-m", "venv", "--clear", str(place))
    if made.returncode:
        raise Stop(
            f"不能建立虚拟环境，缺少 ensurepip。Debian/Ubuntu：apt install python3-venv"
            f" · cannot make a virtual environment; on Debian install python3-venv\n{made.stderr}"
        )


def packages(env: Path, lock: str) -> None:
    """Exactly the locked packages, checked by hash, then our own sources as an editable package."""
    wanted = digest(LOCKS / f"{lock}.txt", ROOT / "pyproject.toml")
    if stamped(f"{env.name} {lock}", wanted, env):
        return
    tools()
    say(f"安装依赖（{lock}）", "installing packages")
    if not Path(program(env, "python")).exists():
        must(sys.executable, "-m", "venv", "--clear", "--without-pip", str(env))
    if not _install_with_uv(env, LOCKS / f"{lock}.txt"):
        _install_with_pip(env, LOCKS / f"{lock}.txt")
    _install_ourselves(env)
    stamp(f"{env.name} {lock}", wanted)


def _install_with_uv(env: Path, lock: Path) -> bool:
    global downloads_s
    uv = (program(TOOLS_ENV, "uv"), "pip", "install", "--python", program(env, "python"), "--require-hashes")
    done = quietly(*uv, "-r", str(lock), NO_COLOR="1", **_mirrors_for_uv())
    if done.returncode:
        say("uv 未能安装，改用 pip", "uv could not install; trying pip")
        return False
    downloads_s += sum(_seconds(*found) for found in _UV_WAITED.findall(done.stderr))
    return True


# uv itself tells waiting for the network from installing: "Prepared 89 packages in 2.13s"
_UV_WAITED = re.compile(r"^(?:Resolved|Prepared) \d+ packages? in (?:(\d+)m )?([\d.]+)(m?s)", re.MULTILINE)


def _seconds(minutes: str, amount: str, unit: str) -> float:
    return int(minutes or 0) * 60 + float(amount) / (1000 if unit == "ms" else 1)


def _mirrors_for_uv() -> dict[str, str]:
    """uv does not read pip's configuration, where offices and campuses name their mirrors."""
    listed = quietly(program(TOOLS_ENV, "python"), "-m", "pip", "config", "list").stdout
    pip = {key.rsplit(".", 1)[-1]: value for key, value in re.findall(r"^([\w.:-]+)='(.*)'$", listed, re.M)}
    wanted = {
        "UV_DEFAULT_INDEX": pip.get("index-url", ""),
        "UV_INSECURE_HOST": pip.get("trusted-host", ""),
        "SSL_CERT_FILE": pip.get("cert", ""),
    }
    return {name: value for name, value in wanted.items() if value and name not in os.environ}


def _install_with_pip(env: Path, lock: Path) -> None:
    wheels = CACHE / "wheels"
    pip = (program(TOOLS_ENV, "python"), "-m", "pip", "--quiet", "--disable-pip-version-check")
    hashed = ("--require-hashes", "--no-deps", "-r", str(lock))
    timed_as_download(*pip, "download", "--dest", str(wheels), *hashed)
    into = ("--python", program(env, "python"), "install", "--no-index", "--find-links", str(wheels))
    must(*pip, *into, *hashed)


def _install_ourselves(env: Path) -> None:
    wheels = CACHE / "editable"
    shutil.rmtree(wheels, ignore_errors=True)
    wheels.mkdir(parents=True)
    build = "import sys; from hatchling.build import build_editable; build_editable(sys.argv[1])"
    must(program(TOOLS_ENV, "python"), "-c", build, str(wheels))
    pip = (program(TOOLS_ENV, "python"), "-m", "pip", "--quiet", "--disable-pip-version-check")
    into = ("--python", program(env, "python"), "install", "--no-index", "--no-deps", "--force-reinstall")
    must(*pip, *into, *map(str, wheels.glob("*.whl")))


# --- files of the pages -----------------------------------------------------------------------------------


def pages(env: Path = ENV) -> None:
    """Third-party files of the pages, and the messages in both languages, by whichever environment there is."""
    global downloads_s
    script = str(ROOT / "tools" / "frontend.py")
    if quietly(sys.executable, script, "--check").returncode:
        say("准备页面文件", "fetching what the pages need")
        npm = _npm()
        path = os.pathsep.join([str(Path(npm).parent), os.environ.get("PATH", "")])
        told = must(sys.executable, script, "--npm", npm, PATH=path)
        downloads_s += sum(float(seconds) for seconds in re.findall(r"download ([\d.]+) s", told))
    messages = sorted((SOURCES / "locale").rglob("*.po"))
    wanted = digest(*messages)
    if not stamped("messages", wanted, *(po.with_suffix(".mo") for po in messages)):
        must(program(env, "python"), str(ROOT / "tools" / "messages.py"))
        stamp("messages", wanted)


def _npm() -> str:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = re.match(r"v(\d+)", quietly(node, "--version").stdout)
        if version and int(version[1]) >= OLDEST_NODE:
            return npm
    wanted = digest(LOCKS / "node.txt")
    if not stamped("node", wanted, NODE_ENV):
        say("这台机器没有 node，改从 PyPI 安装", "no node here; installing it from PyPI")
        _new_environment(NODE_ENV)
        pip = (program(NODE_ENV, "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        timed_as_download(*pip, "--require-hashes", "-r", str(LOCKS / "node.txt"))
        stamp("node", wanted)
    return program(NODE_ENV, "npm")


# --- kernels of the satellite engine ----------------------------------------------------------------------


@contextmanager
def warming(env: Path = ENV) -> Iterator[None]:
    """Compile the satellite engine's kernels beside whatever is done meanwhile, unless that was done before."""
    step, wanted = f"{env.name} kernels", digest(SOURCES / "earth")
    if stamped(step, wanted, env):
        yield
        return
    command = (program(env, "python"), "-m", "qingshan.earth", "warm")
    compiling = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield
        told = compiling.communicate()[0]
        if compiling.returncode:
            raise Stop(f"失败 · failed: {' '.join(command)}\n{told}")
        stamp(step, wanted)
    finally:
        if compiling.poll() is None:
            compiling.kill()
            compiling.wait()


# --- the targets ------------------------------------------------------------------------------------------


def setup() -> None:
    """Everything that the other targets need."""
    packages(ENV, "dev")
    with warming():
        pages()
    ready()


def ready() -> None:
    """How long it took, downloads apart."""
    total = time.monotonic() - began
    say(
        f"就绪：下载 {downloads_s:.1f} 秒，其余 {total - downloads_s:.1f} 秒",
        f"ready: downloads {downloads_s:.1f} s, everything else {total - downloads_s:.1f} s",
    )


def demo() -> None:
    """The demonstration province, served until Ctrl+C."""
    whole = stamped(".venv dev", digest(LOCKS / "dev.txt", ROOT / "pyproject.toml"), ENV)
    packages(ENV, "dev" if whole else "base")
    pages()
    ready()
    province()  # compiles the kernels that its own images need while the ledgers are loaded, and no others
    os.environ.setdefault("PORT", "8000")
    os.chdir(ROOT)
    os.execv(program(ENV, "qingshan"), ["qingshan", "serve"])


def province() -> None:
    """The demonstration province in its home, unless it stands there as these sources would make it."""
    home = Path(os.environ.setdefault("QINGSHAN_HOME", str(ROOT / "var")))
    database = hashlib.sha256(os.environ.get("DATABASE_URL", "").encode()).hexdigest()[:12]
    step, wanted = f"demo {home} {database}", digest(SOURCES / "demo", *SOURCES.rglob("migrations/*.py"))
    if not stamped(step, wanted, home):
        say("载入演示数据", "loading the demonstration province")
        run(program(ENV, "qingshan"), "init", "--demo")
        stamp(step, wanted)


def lint() -> None:
    """Style, and the floors of the house."""
    packages(ENV, "dev")
    run(program(ENV, "ruff"), "check", ".")
    run(program(ENV, "ruff"), "format", "--check", ".")
    run(program(ENV, "lint-imports"), "--cache-dir", str(CACHE / "import-linter"))


def types() -> None:
    """mypy: strict for the law book."""
    setup()
    run(program(ENV, "python"), "-m", "mypy", "--cache-dir", str(CACHE / "mypy"))


def test() -> None:
    """The tests on the embedded database; `all`: everything that this machine can test. What was not is named."""
    setup()
    run(program(ENV, "python"), str(ROOT / "tools" / "run_tests.py"), *sys.argv[2:])


def fuzz() -> None:
    """Property tests and random walks with many fresh examples; QINGSHAN_SEED repeats a run."""
    setup()
    seed = os.environ.get("QINGSHAN_SEED") or str(int.from_bytes(os.urandom(4), "big"))
    say(f"随机种子 {seed}（QINGSHAN_SEED={seed} 可重现）", f"seed {seed}; QINGSHAN_SEED={seed} repeats it")
    pytest = (program(ENV, "python"), "-m", "pytest", "-q", "-n", "2", f"--hypothesis-seed={seed}")
    chosen = ("-m", "(hypothesis or walk) and not browser", "--timeout", "1800", *sys.argv[2:])
    run(*pytest, *chosen, HYPOTHESIS_PROFILE="fuzz")


def lock() -> None:
    """Write the locks again after an edit of pyproject.toml; UPGRADE=1 takes the newest of everything."""
    tools()
    uv = (program(TOOLS_ENV, "uv"), "pip", "compile", "--quiet", "--universal", "--generate-hashes")
    plain = ("--no-header", "--no-annotate", "--python-version", ".".join(map(str, OLDEST)))
    upgrade = ("--upgrade",) if os.environ.get("UPGRADE") == "1" else ()
    for name, (source, *options) in LOCKED.items():
        out = ("--output-file", f"requirements/{name}.txt", *options)
        run(*uv, *plain, *upgrade, source, *out, **_mirrors_for_uv())
        say(f"requirements/{name}.txt", "written")


LOCKED = {
    "base": ("pyproject.toml", "--extra", "postgres"),
    "dev": ("pyproject.toml", "--extra", "postgres", "--group", "dev"),
    "bench": ("pyproject.toml", "--extra", "postgres", "--group", "bench"),
    "tools": ("requirements/tools.in",),
    "node": ("requirements/node.in",),
}


def bench() -> None:
    """Measurements beside peers, in an environment of their own. SMALL=1 checks that they still run."""
    packages(BENCH_ENV, "bench")
    pages(BENCH_ENV)
    run(program(BENCH_ENV, "python"), str(ROOT / "bench" / "run.py"), *sys.argv[2:])


TARGETS = {
    "lock": lock,
    "setup": setup,
    "demo": demo,
    "test": test,
    "lint": lint,
    "types": types,
    "bench": bench,
    "fuzz": fuzz,
}


def main(arguments: list[str]) -> int:
    if len(arguments) < 2 or arguments[1] not in TARGETS:
        print(__doc__)
        return 2
    _use_a_python_that_is_new_enough()
    try:
        TARGETS[arguments[1]]()
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _use_a_python_that_is_new_enough() -> None:
    if sys.version_info >= OLDEST:
        return
    for minor in (11, 12, 13):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, str(ROOT / "make.py"), *sys.argv[1:]])
    raise SystemExit("需要 Python 3.11 或更新版本 · Python 3.11 or newer is needed")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
