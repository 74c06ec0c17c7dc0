"""What can go wrong on the command line, beyond what the rooms themselves refuse?"""

from __future__ import annotations

from qingshan.rules.errors import QingshanError
from qingshan.rules.reasons import Sentence, declare


class CommandError(QingshanError):
    """A command cannot do what it was asked to."""


declare(
    {
        "command.not_initialised": Sentence(
            zh="{home} 中还没有数据库，或数据库需要更新。请先运行 qingshan init。",
            en="There is no database in {home} yet, or it needs an update. Run qingshan init first.",
        ),
        "command.database_unreachable": Sentence(
            zh="不能连接数据库：{detail}。请检查 DATABASE_URL 和数据库服务。",
            en="The database cannot be reached: {detail}. Check DATABASE_URL and the database server.",
        ),
        "command.busy": Sentence(
            zh="数据库正忙，30 秒内未轮到本次操作，数据未作改动。请稍后再试。",
            en="The database was busy for 30 seconds; nothing was changed. Try again later.",
        ),
        "command.no_file": Sentence(
            zh="没有找到文件“{path}”。请检查路径。", en="The file “{path}” was not found. Check the path."
        ),
        "command.cannot_be_said": Sentence(
            zh="--say 不能用于“{column}”。这一类可以统一填写的列：{columns}",
            en="--say does not know “{column}”. What all rows of this kind may share: {columns}",
        ),
        "command.said_unreadable": Sentence(
            zh="“{said}”中有的内容不能识别。请对照空表的填写说明。",
            en="Something in “{said}” cannot be read. See the guide in the empty table.",
        ),
        "command.file_exists": Sentence(
            zh="文件“{path}”已存在，未覆盖。请换一个文件名。",
            en="The file “{path}” exists already and was not overwritten. Choose another name.",
        ),
        "command.no_person": Sentence(
            zh="没有账号“{name}”，或该账号当前没有在任岗位。请核对 --as。",
            en="There is no account “{name}”, or it holds no post today. Check --as.",
        ),
        "command.no_scenes": Sentence(
            zh="还没有登记影像目录。请用 --scenes 指定影像根目录下的文件夹。",
            en="No images are registered. Name a folder below the images' folder by --scenes.",
        ),
        "command.run_cancelled": Sentence(
            zh="核验任务已在页面上取消。再次运行同一命令会从停下的地方继续。",
            en="The run was called off at the site. The same command goes on where it stopped.",
        ),
        "command.run_taken_over": Sentence(
            zh="本进程久无响应，核验任务已由另一进程接着做。进展见“核验任务”页面。",
            en="This process did not answer for long, and another one goes on with the run. See the page of runs.",
        ),
        "command.no_claim": Sentence(
            zh="没有有结论的申报核验项“{number}”。请核对编号。",
            en="There is no claim “{number}” with a finding. Check the number.",
        ),
        "command.no_region": Sentence(
            zh="没有代码为“{code}”的行政区划。请核对 --region。",
            en="There is no region “{code}”. Check --region.",
        ),
        "command.region_missing": Sentence(
            zh="无法确定核验范围。请用 --region 填写行政区划代码。",
            en="It is not clear which region is meant. Give its code by --region.",
        ),
        "command.port_taken": Sentence(
            zh="端口 {port} 已被其他程序占用。请用 PORT={other} 或 --port {other} 换一个端口。",
            en="Port {port} is in use by another program. Choose another: PORT={other} or --port {other}.",
        ),
        "command.never_answered": Sentence(
            zh="网站在 {seconds} 秒内没有应答，已停止。请查看上面的输出，并运行 qingshan doctor。",
            en="The site did not answer within {seconds} seconds and was stopped. See the output above,"
            " then run qingshan doctor.",
        ),
        "command.home_not_empty": Sentence(
            zh="{home} 不是空文件夹。恢复只写入空的文件夹：请换一个 QINGSHAN_HOME，或先移走原有内容。",
            en="{home} is not empty. A restore only writes into an empty folder: choose another"
            " QINGSHAN_HOME, or move what is there.",
        ),
        "command.database_not_empty": Sentence(
            zh="数据库 {name} 不是空的。请新建一个空数据库再恢复。",
            en="The database {name} is not empty. Create an empty one and restore into that.",
        ),
        "command.another_restore": Sentence(
            zh="数据库 {name} 正在由另一次恢复写入。请等它结束，或先停止它，再恢复。",
            en="Another restore is filling the database {name}. Wait for it, or stop it, then restore.",
        ),
        "command.not_a_backup": Sentence(
            zh="“{path}”不是完整的备份文件。请换一份备份。",
            en="“{path}” is not a complete backup. Choose another one.",
        ),
        "command.other_format": Sentence(
            zh="备份格式 {format} 不是本版本能读的。请用制作备份的版本恢复。",
            en="This version cannot read backups of format {format}. Restore with the version that made it.",
        ),
        "command.other_engine": Sentence(
            zh="备份来自 {theirs}，本机使用 {ours}。请按备份的数据库类型设置 DATABASE_URL。",
            en="The backup is of {theirs}, this installation uses {ours}. Set DATABASE_URL accordingly.",
        ),
        "command.damaged_member": Sentence(
            zh="备份中的“{name}”已损坏或缺失，未恢复任何内容。请换一份备份。",
            en="“{name}” in the backup is damaged or missing; nothing was restored. Choose another backup.",
        ),
        "command.damaged_database": Sentence(
            zh="备份中的数据库已损坏（{detail}），未恢复任何内容。请换一份备份。",
            en="The database in the backup is damaged ({detail}); nothing was restored."
            " Choose another backup.",
        ),
        "command.short_passphrase": Sentence(
            zh="口令至少 {shortest} 个字符。请设置 QINGSHAN_PASSPHRASE，或按提示输入更长的口令。",
            en="The passphrase needs at least {shortest} characters. Set QINGSHAN_PASSPHRASE, or type a"
            " longer one.",
        ),
        "command.wrong_passphrase": Sentence(
            zh="口令不对，或密钥文件已损坏，未恢复任何内容。",
            en="The passphrase is wrong or the sealed keys are damaged; nothing was restored.",
        ),
        "command.no_passphrase": Sentence(
            zh="需要口令。请设置环境变量 QINGSHAN_PASSPHRASE，或在终端中运行。",
            en="A passphrase is needed. Set QINGSHAN_PASSPHRASE, or run this in a terminal.",
        ),
        "command.no_postgres_client": Sentence(
            zh="没有找到程序 {program}。请安装 PostgreSQL 客户端（apt install postgresql-client）。",
            en="The program {program} was not found. Install the PostgreSQL client"
            " (apt install postgresql-client).",
        ),
        "command.postgres_client_failed": Sentence(
            zh="{program} 未能完成：{detail}。数据库未作改动。",
            en="{program} did not finish: {detail}. The database was not changed.",
        ),
        "command.restored_but_not_verified": Sentence(
            zh="恢复后的核验没有通过，未恢复任何内容：{detail}",
            en="What was restored did not verify, so nothing was restored: {detail}",
        ),
        "command.no_entry": Sentence(
            zh="没有第 {seq} 号留痕。请核对序号。",
            en="There is no entry {seq} in the trail. Check the number.",
        ),
        "command.unknown_form": Sentence(
            zh="不能导出“{form}”格式。可选：{forms}。",
            en="There is no export as “{form}”. Choose one of {forms}.",
        ),
        "command.fault": Sentence(
            zh="程序出错（{error}）。数据库中的操作要么全部完成，要么没有发生。请把以下信息告诉系统管理员。",
            en="The program failed ({error}). What it did in the database is either complete or did not"
            " happen. Tell the system administrator what follows.",
        ),
    }
)
