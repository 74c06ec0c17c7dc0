from typing import Any

import qingshan.office.mines.models.name_tokens
from django.db import migrations, models
from qingshan.office.mines.models.name_tokens import token_of
from qingshan.rules.mine_names import mine_name

AT_ONCE = 1000


def put_tokens(apps: Any, _editor: Any) -> None:
    """The derived words of mines that were registered before there was such a column."""
    mines = apps.get_model("mines", "Mine").objects
    last = 0
    while part := list(mines.filter(pk__gt=last).order_by("pk").only("pk", "name")[:AT_ONCE]):
        for mine in part:
            mine.name_token = token_of(mine_name(mine.name))
        mines.bulk_update(part, ["name_token"])
        last = part[-1].pk


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_words_and_lists'),
        ('mines', '0003_words'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='likeness',
            name='before',
            field=models.JSONField(null=True, verbose_name='合并前'),
        ),
        migrations.AddField(
            model_name='mine',
            name='name_token',
            field=qingshan.office.mines.models.name_tokens.NameTokenField(blank=True, editable=False, max_length=60, null=True),
        ),
        migrations.AddIndex(
            model_name='mine',
            index=models.Index(fields=['licence_no'], name='mine_licence'),
        ),
        migrations.AddIndex(
            model_name='mine',
            index=models.Index(fields=['name_token', 'region'], name='mine_name_token'),
        ),
        # the map leaves out what was merged, and still reads the index alone
        migrations.RemoveIndex(model_name='mine', name='mine_cell'),
        migrations.AddIndex(
            model_name='mine',
            index=models.Index(fields=['cell', 'region', 'merged_into'], name='mine_cell'),
        ),
        migrations.RunPython(put_tokens, migrations.RunPython.noop),
    ]
