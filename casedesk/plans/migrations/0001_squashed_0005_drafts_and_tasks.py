"""All of plans at once, for a database that is new: the steps it replaces took a minute to walk through.

A database that has gone some of those steps goes on by them.
"""

from importlib import import_module

import casedesk.common.fields
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


def _of(step):
    """The module of a step that is replaced: its triggers and rows are laid by the same code."""
    return import_module(f'casedesk.plans.migrations.{step}')


class Migration(migrations.Migration):

    replaces = [('plans', '0001_plans'), ('plans', '0002_shipped_plans'), ('plans', '0003_reports_and_versions'), ('plans', '0004_reports_are_final'), ('plans', '0005_drafts_and_tasks')]

    initial = True

    dependencies = [
        ('access', '0001_squashed_0003_creditor_requisites'),
        ('common', '0001_jobs'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalPlan',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('code', models.SlugField(max_length=20)),
                ('name', models.CharField(max_length=300)),
                ('about', models.TextField(blank=True)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('base_on', models.DateField(blank=True, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('territory', models.ForeignKey(blank=True, db_constraint=False, help_text='Empty: everywhere', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.territory')),
            ],
            options={
                'verbose_name': 'historical plan',
                'verbose_name_plural': 'historical plans',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=300)),
                ('about', models.TextField(blank=True)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('base_on', models.DateField(blank=True, null=True)),
                ('territory', models.ForeignKey(blank=True, help_text='Empty: everywhere', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='access.territory')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='plan_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalRowKeeper',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('row', models.CharField(max_length=20)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plans.plan')),
            ],
            options={
                'verbose_name': 'historical row keeper',
                'verbose_name_plural': 'historical row keepers',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalPlanDraft',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('text', models.TextField(help_text="The plan's file, TOML")),
                ('revision', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField()),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('territory', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.territory')),
                ('plan', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plans.plan')),
            ],
            options={
                'verbose_name': 'historical plan draft',
                'verbose_name_plural': 'historical plan drafts',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='PlanDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(help_text="The plan's file, TOML")),
                ('revision', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField()),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='plans.plan')),
                ('territory', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.territory')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.CharField(max_length=20)),
                ('indicator', models.CharField(max_length=60)),
                ('month', casedesk.common.fields.MonthField()),
                ('light', models.CharField(help_text='missed or at_risk, when it was last looked at', max_length=10)),
                ('value', models.BigIntegerField(blank=True, help_text="In the indicator's unit", null=True)),
                ('target', models.BigIntegerField()),
                ('found_on', models.DateField()),
                ('due_on', models.DateField()),
                ('done_on', models.DateField(blank=True, null=True)),
                ('note', models.CharField(blank=True, help_text='What was done', max_length=500)),
                ('reminded_on', models.DateField(blank=True, null=True)),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plan_tasks', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='plans.plan')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'row', 'indicator', 'month'), name='one_task_per_target_and_month'), models.CheckConstraint(condition=models.Q(('done_on__isnull', True), models.Q(('note', ''), _negated=True), _connector='OR'), name='a_done_task_says_what')],
            },
        ),
        migrations.CreateModel(
            name='PlanVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('text', models.TextField(help_text="The plan's file, TOML")),
                ('sha256', models.CharField(max_length=64)),
                ('published', models.BooleanField(default=False, help_text='Its people put it in force; else a report needed it')),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='plans.plan')),
            ],
            options={
                'ordering': ['plan', '-number'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='one_plan_version_per_number')],
            },
        ),
        migrations.CreateModel(
            name='RowKeeper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.CharField(max_length=20)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kept_rows', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keepers', to='plans.plan')),
            ],
            options={
                'ordering': ['plan', 'row'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'row'), name='one_keeper_per_row')],
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=300)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='plans.plan')),
            ],
            options={
                'ordering': ['plan', 'position'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'position'), name='one_section_per_position')],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.CharField(help_text="The row's id: Z1b, L-App4", max_length=20)),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=500)),
                ('mechanism', models.TextField(blank=True)),
                ('responsible', models.CharField(blank=True, max_length=300)),
                ('period', models.CharField(choices=[('monthly', 'ежемесячно'), ('quarterly', 'ежеквартально'), ('yearly', 'ежегодно'), ('once', 'однократно'), ('as_needed', 'по мере необходимости'), ('always', 'постоянно')], default='monthly', max_length=20)),
                ('due_day', models.PositiveSmallIntegerField(blank=True, help_text='Day of the following month', null=True)),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='plans.section')),
            ],
            options={
                'ordering': ['section', 'position'],
                'constraints': [models.UniqueConstraint(fields=('section', 'position'), name='one_measure_per_position'), models.CheckConstraint(condition=models.Q(('due_day__isnull', True), models.Q(('due_day__gte', 1), ('due_day__lte', 31)), _connector='OR'), name='due_day_is_in_a_month')],
            },
        ),
        migrations.CreateModel(
            name='PlanReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('span', models.CharField(choices=[('month', 'за месяц'), ('quarter', 'за квартал'), ('year', 'за год')], max_length=10)),
                ('first_month', casedesk.common.fields.MonthField()),
                ('last_month', casedesk.common.fields.MonthField()),
                ('edition', models.PositiveSmallIntegerField(default=1)),
                ('known_at', models.DateTimeField(help_text='Facts learnt by this moment are in the report')),
                ('frozen_at', models.DateTimeField()),
                ('content', models.JSONField(help_text="Figures, tables and the explanation of the debt's change")),
                ('sha256', models.CharField(max_length=64)),
                ('frozen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plan_report', to='common.job')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plan_reports', to='access.organisation')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='plans.plan')),
                ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='plans.planreport')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='plans.planversion')),
            ],
            options={
                'ordering': ['-last_month', '-first_month', '-edition', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'organisation', 'first_month', 'last_month', 'edition'), name='one_report_per_edition'), models.UniqueConstraint(condition=models.Q(('organisation__isnull', True)), fields=('plan', 'first_month', 'last_month', 'edition'), name='one_report_of_all_per_edition'), models.CheckConstraint(condition=models.Q(('last_month__gte', models.F('first_month'))), name='report_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalIndicatorUse',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('indicator', models.CharField(help_text='Code in the catalogue', max_length=60)),
                ('position', models.PositiveSmallIntegerField()),
                ('target', models.BigIntegerField(blank=True, null=True)),
                ('comparator', models.CharField(choices=[('at_least', 'не меньше'), ('at_most', 'не больше')], default='at_least', max_length=10)),
                ('params', models.JSONField(blank=True, default=dict)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plans.measure')),
            ],
            options={
                'verbose_name': 'historical indicator use',
                'verbose_name_plural': 'historical indicator uses',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ReportFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(choices=[('xlsx', 'XLSX'), ('docx', 'DOCX')], max_length=5)),
                ('name', models.CharField(max_length=120)),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='plans.planreport')),
            ],
            options={
                'ordering': ['report', 'form'],
                'constraints': [models.UniqueConstraint(fields=('report', 'form'), name='one_file_per_form')],
            },
        ),
        migrations.CreateModel(
            name='IndicatorUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.CharField(help_text='Code in the catalogue', max_length=60)),
                ('position', models.PositiveSmallIntegerField()),
                ('target', models.BigIntegerField(blank=True, null=True)),
                ('comparator', models.CharField(choices=[('at_least', 'не меньше'), ('at_most', 'не больше')], default='at_least', max_length=10)),
                ('params', models.JSONField(blank=True, default=dict)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='plans.measure')),
            ],
            options={
                'ordering': ['measure', 'position'],
                'constraints': [models.UniqueConstraint(fields=('measure', 'position'), name='one_indicator_per_position')],
            },
        ),
        migrations.RunPython(_of('0002_shipped_plans').ship, migrations.RunPython.noop),
        migrations.RunPython(_of('0004_reports_are_final').lay, migrations.RunPython.noop),
    ]
