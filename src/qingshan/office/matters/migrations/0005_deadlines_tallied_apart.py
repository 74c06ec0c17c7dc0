from collections import Counter

import django.db.models.deletion
from django.db import migrations, models

AT_ONCE = 2000


def emptied(apps, _editor):
    apps.get_model("matters", "StandingTally").objects.all().delete()


def counted_anew(apps, _editor):
    """What the acts will go on from."""
    matters, states, deadlines = apps.get_model("matters", "Matter").objects, Counter(), Counter()
    rows = matters.order_by().values_list("kind", "region_id", "state_id", "due_on", "closed_on")
    for kind, region_id, state, due_on, closed_on in rows.iterator(chunk_size=AT_ONCE):
        states[kind, region_id, state] += 1
        if closed_on is None:
            deadlines[kind, region_id, due_on.isoformat() if due_on else ""] += 1
    for name, field, counts in (("StandingTally", "state", states), ("DeadlineTally", "due_on", deadlines)):
        model = apps.get_model("matters", name)
        model.objects.bulk_create(
            (
                model(kind=kind, region_id=region_id, rows=n, **{field: value})
                for (kind, region_id, value), n in counts.items()
            ),
            batch_size=AT_ONCE,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0004_turns_of_a_unit'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(emptied, migrations.RunPython.noop),
        migrations.CreateModel(
            name='DeadlineTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24)),
                ('due_on', models.CharField(max_length=10)),
                ('rows', models.BigIntegerField(default=0)),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='regions.region')),
            ],
        ),
        migrations.AddConstraint(
            model_name='deadlinetally',
            constraint=models.UniqueConstraint(fields=('kind', 'region', 'due_on'), name='deadline_tally_once'),
        ),
        migrations.RemoveConstraint(
            model_name='standingtally',
            name='standing_tally_once',
        ),
        migrations.RemoveField(
            model_name='standingtally',
            name='due_on',
        ),
        migrations.AddConstraint(
            model_name='standingtally',
            constraint=models.UniqueConstraint(fields=('kind', 'region', 'state'), name='standing_tally_once'),
        ),
        migrations.RunPython(counted_anew, migrations.RunPython.noop),
    ]
