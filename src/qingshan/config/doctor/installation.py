"""Is what this installation holds whole: database, triggers, stored files, imports, jobs?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from qingshan.config.doctor.findings import Finding, bad, good, hint
from qingshan.config.housekeeping import digests_in_use
from qingshan.config.migrated import is_up_to_date
from qingshan.exchange.models import Import, StagedRow
from qingshan.finding.mending import mend, strayed
from qingshan.geo.triggers import missing_triggers
from qingshan.jobs.heartbeat import DEAD_AFTER
from qingshan.jobs.models import FINAL, Job, JobState
from qingshan.office.batches.checking import astray as batches_astray
from qingshan.office.experts.drawing import astray as drawn_astray
from qingshan.office.matters.checking import astray
from qingshan.office.mines.queries import miscounted
from qingshan.office.places.services import declared
from qingshan.office.restoration.checking import astray as restoration_astray
from qingshan.office.trail.keys import current_key
from qingshan.office.trail.signers import key_store
from qingshan.office.trail.verify import verify_trail
from qingshan.rules.flows.importing import ImportState
from qingshan.rules.reasons import say
from qingshan.vault import Vault

LONG_WAIT = timedelta(minutes=10)
A_DAY = timedelta(days=1)
MOST_NAMED = 5


def look_at_the_installation(*, state: bool, mending: bool = False) -> Iterator[Finding]:
    """Everything that needs the application; `state` also what takes time."""
    try:
        reached = database()
    except DatabaseError as error:
        yield _unreachable(error)
        return
    yield reached
    if not is_up_to_date():
        yield bad(
            "installation.migrations",
            zh="数据库还未建立或需要更新",
            en="The database is not there yet or needs an update",
            do_zh="运行 qingshan init。",
            do_en="Run qingshan init.",
        )
        return
    if mending:
        mend()
    yield triggers()
    yield signing_key()
    yield jobs()
    yield imports()
    yield map_services()
    yield stored_files(everything=state)
    if state:
        yield sound_database()
        yield tallies()
        yield matters()
        yield draws()
        yield restoration()
        yield batches()
        yield words()
        yield trail()


def _unreachable(error: DatabaseError) -> Finding:
    return bad(
        "installation.database",
        zh=f"不能连接数据库：{error}",
        en=f"The database cannot be reached: {error}",
        do_zh="检查 DATABASE_URL 和数据库服务；SQLite 检查 QINGSHAN_HOME 的权限。",
        do_en="Check DATABASE_URL and the server; for SQLite, the permissions of QINGSHAN_HOME.",
    )


def database() -> Finding:
    connection.ensure_connection()
    name = f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"
    return good("installation.database", zh=f"数据库：{name}", en=f"Database: {name}")


def triggers() -> Finding:
    missing = missing_triggers(connection)
    if not missing:
        return good("installation.triggers", zh="触发器齐全", en="All triggers are in place")
    names = ", ".join(missing[:MOST_NAMED])
    return bad(
        "installation.triggers",
        zh=f"缺少 {len(missing)} 个触发器：{names}",
        en=f"{len(missing)} triggers are missing: {names}",
        do_zh="运行 qingshan init 补齐，再运行 qingshan trail verify 查明期间的改动。",
        do_en="Run qingshan init, then qingshan trail verify to see what changed meanwhile.",
    )


def signing_key() -> Finding:
    key = current_key()
    if key is not None and key_store().find(key.fingerprint) is not None:
        return good("installation.key", zh="签名密钥可用", en="The signing key is here")
    return bad(
        "installation.key",
        zh="没有可用的签名密钥",
        en="There is no signing key to use",
        do_zh="运行 qingshan init 启用新密钥（留痕中有记录），或从带私钥的备份恢复。",
        do_en="Run qingshan init to start a new one (recorded), or restore a backup made with keys.",
    )


def jobs() -> Finding:
    now = timezone.now()
    dead = Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=now - 2 * DEAD_AFTER).count()
    stuck = Job.objects.filter(state=JobState.WAITING, created_at__lt=now - LONG_WAIT).count()
    failed = Job.objects.filter(state=JobState.FAILED, finished_at__gt=now - A_DAY)
    if dead or stuck:
        return bad(
            "installation.jobs",
            zh=f"{dead} 个任务的进程已中断，{stuck} 个任务等待超过 10 分钟",
            en=f"{dead} jobs lost their process, {stuck} have been waiting for more than 10 minutes",
            do_zh="确认 qingshan serve（或 worker 和 timetable）正在运行。",
            do_en="See that qingshan serve (or worker and timetable) is running.",
        )
    if failed.exists():
        numbers = ", ".join(
            str(pk) for pk in failed.order_by("-id").values_list("pk", flat=True)[:MOST_NAMED]
        )
        return hint(
            "installation.jobs",
            zh=f"最近一天失败的任务：{numbers}",
            en=f"Jobs that failed within a day: {numbers}",
            do_zh="在 /jobs/编号/ 查看原因。",
            do_en="See /jobs/NUMBER/ for the reasons.",
        )
    return good("installation.jobs", zh="后台任务正常", en="Background work is in order")


def imports() -> Finding:
    """A file that waits to be read must have a job or a question; staged rows must belong to a file that waits."""
    live = Job.objects.exclude(state__in=FINAL)
    read_now = {job.payload["import_id"] for job in live if "import_id" in job.payload}
    waiting = Import.objects.filter(
        state=ImportState.RECEIVED, question__isnull=True, created_at__lt=timezone.now() - LONG_WAIT
    )
    forgotten = [pk for pk in waiting.values_list("pk", flat=True) if pk not in read_now]
    over = (ImportState.CANCELLED, ImportState.FAILED)
    stray = StagedRow.objects.filter(source__state__in=over).count()
    if not forgotten and not stray:
        return good("installation.imports", zh="导入暂存正常", en="Imports are in order")
    numbers = ", ".join(map(str, forgotten[:MOST_NAMED])) or "—"
    return bad(
        "installation.imports",
        zh=f"无人读取的导入：{numbers}；遗留的暂存行：{stray}",
        en=f"Imports that nobody reads: {numbers}; staged rows left behind: {stray}",
        do_zh="在 /imports/ 取消这些导入，或重新读取。",
        do_en="Cancel them at /imports/, or have them read again.",
    )


def map_services() -> Finding:
    """What maps.toml declares; without the file there is nothing to find."""
    found = declared()
    if not found.faults:
        return good(
            "installation.maps",
            zh=f"地图服务 {len(found.services)} 个",
            en=f"Map services: {len(found.services)}",
        )
    return hint(
        "installation.maps",
        zh="；".join(say(fault) for fault in found.faults[:MOST_NAMED]),
        en="; ".join(say(fault, "en") for fault in found.faults[:MOST_NAMED]),
        do_zh="按 docs/howto/maps.md 改正 maps.toml；有问题的服务不显示。",
        do_en="Correct maps.toml by docs/howto/maps.md; a service at fault is not shown.",
    )


def stored_files(*, everything: bool) -> Finding:
    """Every file that a row refers to must be there; with `everything`, every file is read."""
    vault = Vault(settings.VAULT_ROOT)
    missing = [digest for digest in digests_in_use() if not vault.holds(digest)]
    damaged = [one.digest for one in vault.verify()] if everything else []
    if not missing and not damaged:
        count = sum(1 for _ in vault.digests())
        return good(
            "installation.files",
            zh=f"文件库 {count} 个文件，无缺失",
            en=f"{count} stored files, none missing",
        )
    names = ", ".join(digest[:12] for digest in [*missing, *damaged][:MOST_NAMED])
    return bad(
        "installation.files",
        zh=f"文件库缺失 {len(missing)} 个、损坏 {len(damaged)} 个文件：{names}",
        en=f"{len(missing)} stored files are missing, {len(damaged)} damaged: {names}",
        do_zh="从备份取回这些文件（备份中的 vault 文件夹）。",
        do_en="Get them from a backup (its folder vault).",
    )


def sound_database() -> Finding:
    if connection.vendor != "sqlite":
        return good(
            "installation.pages", zh="由数据库服务自行检查", en="The database server checks its own files"
        )
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        found = cursor.fetchone()[0]
    if found == "ok":
        return good("installation.pages", zh="数据库文件完好", en="The database file is sound")
    return bad(
        "installation.pages",
        zh=f"数据库文件已损坏：{found}",
        en=f"The database file is damaged: {found}",
        do_zh=f"停止服务，保留 {Path(settings.HOME)} 的副本，从备份恢复。",
        do_en=f"Stop the service, keep a copy of {Path(settings.HOME)}, restore from a backup.",
    )


def tallies() -> Finding:
    """The counts above every list are kept by the acts; here they are counted anew."""
    wrong = miscounted()
    if not wrong:
        return good(
            "installation.tallies", zh="台账合计与逐条清点一致", en="The tallies agree with a recount"
        )
    return bad(
        "installation.tallies",
        zh=f"{len(wrong)} 项合计与逐条清点不一致：{'；'.join(wrong[:MOST_NAMED])}",
        en=f"{len(wrong)} tallies differ from a recount: {'; '.join(wrong[:MOST_NAMED])}",
        do_zh="可能有人绕过系统改动了数据。运行 qingshan trail verify 查明是哪些对象。",
        do_en="Somebody may have changed data outside the system. Run qingshan trail verify to see what.",
    )


def matters() -> Finding:
    """Every matter must stand where its steps lead, and the stock must add up."""
    wrong = astray()
    if not wrong:
        return good(
            "installation.matters",
            zh="事项状态与步骤一致，存量与变动一致",
            en="Matters stand where their steps lead, and the stock adds up",
        )
    return bad(
        "installation.matters",
        zh=f"{len(wrong)} 处事项状态或存量不一致：{'；'.join(wrong[:MOST_NAMED])}",
        en=f"{len(wrong)} matters or counts do not follow from the steps: {'; '.join(wrong[:MOST_NAMED])}",
        do_zh="可能有人绕过系统改动了数据。运行 qingshan trail verify 查明是哪些对象。",
        do_en="Somebody may have changed data outside the system. Run qingshan trail verify to see what.",
    )


def draws() -> Finding:
    """Whoever was drawn must be who is drawn from the closed list and the number."""
    wrong = drawn_astray()
    if not wrong:
        return good(
            "installation.draws",
            zh="专家抽取结果与复算一致",
            en="The draws of experts come out the same when they are computed again",
        )
    return bad(
        "installation.draws",
        zh=f"{len(wrong)} 次专家抽取与复算不一致：{'；'.join(wrong[:MOST_NAMED])}",
        en=f"{len(wrong)} draws of experts come out otherwise: {'; '.join(wrong[:MOST_NAMED])}",
        do_zh="可能有人绕过系统改动了数据。运行 qingshan trail verify 查明是哪些对象。",
        do_en="Somebody may have changed data outside the system. Run qingshan trail verify to see what.",
    )


def restoration() -> Finding:
    """Listed sites and land must stand where their moves lead."""
    wrong = restoration_astray()
    if not wrong:
        return good(
            "installation.restoration",
            zh="修复清单和土地状态与变动一致",
            en="Lists of targets and land stand where their moves lead",
        )
    return bad(
        "installation.restoration",
        zh=f"{len(wrong)} 处修复清单或土地状态与变动不一致：{'；'.join(wrong[:MOST_NAMED])}",
        en=f"{len(wrong)} listed sites or areas do not follow from their moves: {'; '.join(wrong[:MOST_NAMED])}",
        do_zh="可能有人绕过系统改动了数据。运行 qingshan trail verify 查明是哪些对象。",
        do_en="Somebody may have changed data outside the system. Run qingshan trail verify to see what.",
    )


def batches() -> Finding:
    """Batches must add up, and their samples come out again."""
    wrong = batches_astray()
    if not wrong:
        return good(
            "installation.batches",
            zh="修复批次的数字对得上，抽查可以复算",
            en="Batches add up, and their samples come out again",
        )
    return bad(
        "installation.batches",
        zh=f"{len(wrong)} 个修复批次对不上：{'；'.join(wrong[:MOST_NAMED])}",
        en=f"{len(wrong)} batches do not add up: {'; '.join(wrong[:MOST_NAMED])}",
        do_zh="可能有人绕过系统改动了数据。运行 qingshan trail verify 查明是哪些对象。",
        do_en="Somebody may have changed data outside the system. Run qingshan trail verify to see what.",
    )


def words() -> Finding:
    """What is searched must say what the rows say; `doctor --mend` writes it anew."""
    wrong = strayed()
    if not wrong:
        return good(
            "installation.words", zh="检索索引与登记内容一致", en="What is searched agrees with the rows"
        )
    named = ", ".join(f"{table} {rows:,}" for table, rows in wrong.items())
    return bad(
        "installation.words",
        zh=f"检索索引与登记内容不一致：{named}",
        en=f"What is searched differs from the rows: {named}",
        do_zh="运行 qingshan doctor --state --mend 重建检索索引；登记内容不受影响。",
        do_en="Run qingshan doctor --state --mend to write it anew; what is registered stays as it is.",
    )


def trail() -> Finding:
    report = verify_trail()
    zh, en = report.lines()[0], report.lines("en")[0]
    if report.ok:
        return good("installation.trail", zh=zh, en=en)
    return bad(
        "installation.trail",
        zh=zh,
        en=en,
        do_zh="运行 qingshan trail verify 查看每一处。",
        do_en="Run qingshan trail verify to see each of them.",
    )
