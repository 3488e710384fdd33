"""All of imports at once, for a database that is new: the steps it replaces took a minute to walk through.

A database that has gone some of those steps goes on by them.
"""

import casedesk.common.fields
import django.db.models.deletion
import imports.models.batch
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('imports', '0001_batches'), ('imports', '0002_screens'), ('imports', '0003_bank_documents'), ('imports', '0004_bailiff_files'), ('imports', '0005_decided_elsewhere'), ('imports', '0006_repeated_payments')]

    initial = True

    dependencies = [
        ('access', '0001_squashed_0003_creditor_requisites'),
        ('common', '0001_jobs'),
        ('debtors', '0001_squashed_0027_two_people_write_off'),
        ('enforcement', '0001_squashed_0014_direct_payments'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalSuspenseLimit',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('amount', casedesk.common.fields.KopeckField()),
                ('changed_at', models.DateTimeField()),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('changed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('creditor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.organisation')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical suspense limit',
                'verbose_name_plural': 'historical suspense limits',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=255)),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('size', models.BigIntegerField(default=0)),
                ('stored', models.FileField(blank=True, max_length=200, upload_to=imports.models.batch.stored_name)),
                ('kind', models.CharField(default='auto', max_length=20)),
                ('format', models.CharField(blank=True, max_length=30)),
                ('encoding', models.CharField(blank=True, max_length=20)),
                ('profile', models.CharField(blank=True, max_length=100)),
                ('period', models.SmallIntegerField(blank=True, help_text='The month given by the person, when the file names none', null=True)),
                ('confidence', models.FloatField(default=0)),
                ('columns', models.JSONField(blank=True, default=dict)),
                ('sheets', models.JSONField(blank=True, default=list, help_text='Names of the sheets that rows were read from, in order')),
                ('status', models.CharField(choices=[('waiting', 'ждёт очереди'), ('reading', 'читается'), ('columns', 'ждёт подтверждения колонок'), ('preview', 'ждёт подтверждения'), ('applying', 'проводится'), ('applied', 'проведена'), ('nothing_new', 'нового нет'), ('refused', 'отказано'), ('undone', 'отменена')], db_index=True, default='waiting', max_length=20)),
                ('rows_read', models.PositiveIntegerField(default=0)),
                ('rows_accepted', models.PositiveIntegerField(default=0)),
                ('rows_known', models.PositiveIntegerField(default=0)),
                ('rows_rejected', models.PositiveIntegerField(default=0)),
                ('rows_skipped', models.PositiveIntegerField(default=0)),
                ('rows_doubtful', models.PositiveIntegerField(default=0)),
                ('skipped_why', models.JSONField(blank=True, default=dict)),
                ('totals', models.JSONField(blank=True, default=dict)),
                ('control_totals', models.JSONField(blank=True, default=list)),
                ('statement', models.JSONField(blank=True, default=dict, help_text='Of a bank statement: documents by direction and decisions, numbers and kopecks')),
                ('accounts_created', models.PositiveIntegerField(default=0)),
                ('accounts_touched', models.PositiveIntegerField(default=0)),
                ('as_of', models.DateField(blank=True, help_text="The day a bailiffs' reply speaks of, given by the person", null=True)),
                ('bailiffs', models.JSONField(blank=True, default=dict, help_text="Figures of a bailiffs' or a court's file")),
                ('totals_confirmed', models.BooleanField(default=False, help_text="A person saw that the file's own totals differ and went on")),
                ('made_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('applied_at', models.DateTimeField(blank=True, null=True)),
                ('booking', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='import_batch', to='debtors.booking')),
                ('creditor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='import_batches', to='access.organisation')),
                ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='common.job')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'import batches',
                'ordering': ['-made_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='SuspenseLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', casedesk.common.fields.KopeckField()),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('creditor', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='suspense_limit', to='access.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='suspense_limit_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='ColumnProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('saved', models.JSONField()),
                ('signature', models.CharField(blank=True, help_text='Hash of the header: later files are known by it', max_length=64)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('used', models.PositiveIntegerField(default=0)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('creditor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='column_profiles', to='access.organisation')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('creditor', 'name'), name='one_profile_per_name'), models.UniqueConstraint(condition=models.Q(('signature', ''), _negated=True), fields=('creditor', 'signature'), name='one_profile_per_header'), models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), ('confirmed_at__isnull', False), _connector='OR'), name='profile_confirmed_by_and_at')],
            },
        ),
        migrations.CreateModel(
            name='BankDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField(help_text='Line of the file where the document begins')),
                ('own_account', models.CharField(max_length=30)),
                ('direction', models.CharField(choices=[('incoming', 'поступление'), ('outgoing', 'списание'), ('internal', 'между своими счетами')], max_length=10)),
                ('kind', models.CharField(blank=True, max_length=60)),
                ('number', models.CharField(blank=True, max_length=40)),
                ('dated_on', models.DateField()),
                ('counts_on', models.DateField(help_text='The day the money came or went')),
                ('amount', casedesk.common.fields.KopeckField()),
                ('other_account', models.CharField(blank=True, max_length=30)),
                ('other_name', models.CharField(blank=True, max_length=300)),
                ('other_inn', models.CharField(blank=True, max_length=12)),
                ('payer', models.CharField(blank=True, choices=[('bailiff', 'приставы'), ('treasury', 'казначейство'), ('citizen', 'гражданин'), ('bank', 'банк'), ('firm', 'организация')], max_length=10)),
                ('uin', models.CharField(blank=True, max_length=40)),
                ('purpose', models.TextField(blank=True)),
                ('verdict', models.CharField(blank=True, choices=[('auto', 'точный ключ'), ('suggest', 'подсказка'), ('review', 'разобрать'), ('none', 'не оплата долга'), ('register', 'итог реестра')], max_length=10)),
                ('reasons', models.JSONField(blank=True, default=list)),
                ('state', models.CharField(choices=[('waiting', 'не выяснено'), ('booked', 'разнесено'), ('register', 'по реестру'), ('not_ours', 'не долг'), ('outside', 'без разноски'), ('draft', 'просмотр'), ('gone', 'отменено')], max_length=10)),
                ('creditor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_documents', to='access.organisation')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bank_documents', to=settings.AUTH_USER_MODEL)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_documents', to='imports.importbatch')),
            ],
            options={
                'ordering': ['-counts_on', '-id'],
                'indexes': [models.Index(fields=['creditor', 'state', 'counts_on'], name='document_by_state'), models.Index(fields=['batch', 'row'], name='document_by_row')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'gone']), _negated=True), fields=('creditor', 'own_account', 'dated_on', 'number', 'amount', 'other_account', 'direction'), name='a_bank_document_is_taken_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='a_bank_document_has_a_sum'), models.CheckConstraint(condition=models.Q(('direction', 'incoming'), models.Q(('owner__isnull', True), ('verdict', '')), _connector='OR'), name='only_money_in_is_judged')],
            },
        ),
        migrations.CreateModel(
            name='ImportProblem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.CharField(blank=True, max_length=100)),
                ('row', models.PositiveIntegerField(blank=True, null=True)),
                ('column', models.CharField(blank=True, max_length=100)),
                ('value', models.CharField(blank=True, max_length=300)),
                ('code', models.CharField(max_length=40)),
                ('message', models.CharField(max_length=1000)),
                ('fatal', models.BooleanField(default=True)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='imports.importbatch')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='StagedAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.BigIntegerField()),
                ('row', models.PositiveIntegerField()),
                ('details', models.JSONField()),
                ('batch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='staged_accounts', to='imports.importbatch')),
            ],
        ),
        migrations.CreateModel(
            name='StagedLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_no', models.BigIntegerField()),
                ('account_ref', models.BigIntegerField()),
                ('service_ref', models.SmallIntegerField()),
                ('month', casedesk.common.fields.MonthField(null=True)),
                ('opening', casedesk.common.fields.KopeckField(null=True)),
                ('opening_month', casedesk.common.fields.MonthField(null=True)),
                ('opening_on', models.DateField(null=True)),
                ('charged', casedesk.common.fields.KopeckField(null=True)),
                ('credited', casedesk.common.fields.KopeckField()),
                ('kind', models.SmallIntegerField()),
                ('turnover', casedesk.common.fields.KopeckField(null=True)),
                ('amount', casedesk.common.fields.KopeckField(null=True)),
                ('paid_on', models.DateField(null=True)),
                ('channel', models.CharField(max_length=10)),
                ('document', models.CharField(blank=True, max_length=60)),
                ('designated_month', casedesk.common.fields.MonthField(null=True)),
                ('batch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='staged', to='imports.importbatch')),
            ],
        ),
        migrations.CreateModel(
            name='Doubt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('opening_differs', 'входящее сальдо не сходится'), ('charge_differs', 'начисление уже проведено другой суммой'), ('paid_elsewhere', 'такой же платёж есть в выписке')], max_length=20)),
                ('month', casedesk.common.fields.MonthField()),
                ('ledger_sum', casedesk.common.fields.KopeckField()),
                ('file_sum', casedesk.common.fields.KopeckField()),
                ('row', models.PositiveIntegerField(blank=True, null=True)),
                ('paid_on', models.DateField(blank=True, null=True)),
                ('channel', models.CharField(blank=True, max_length=10)),
                ('document', models.CharField(blank=True, max_length=60)),
                ('designated_month', casedesk.common.fields.MonthField(blank=True, null=True)),
                ('decision', models.CharField(blank=True, choices=[('accepted', 'проведено по файлу'), ('dismissed', 'оставлено как в системе')], max_length=10)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='debtors.utilityaccount')),
                ('booking', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='debtors.booking')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='debtors.service')),
                ('stands_on', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='debtors.booking')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='doubts', to='imports.importbatch')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='doubt_decided_when_decided'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'paid_elsewhere'), ('paid_on__isnull', False), ('stands_on__isnull', False)), models.Q(models.Q(('kind', 'paid_elsewhere'), _negated=True), ('paid_on__isnull', True), ('stands_on__isnull', True)), _connector='OR'), name='a_doubted_payment_has_its_day')],
            },
        ),
        migrations.CreateModel(
            name='DocumentAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assigned_at', models.DateTimeField()),
                ('assigned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='imports.bankdocument')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-assigned_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='MatchCandidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('proceeding', models.CharField(blank=True, max_length=40)),
                ('reasons', models.JSONField(default=list)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='debtors.utilityaccount')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='candidates', to='imports.bankdocument')),
                ('writ', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='enforcement.writ')),
            ],
            options={
                'ordering': ['document', 'place'],
                'constraints': [models.UniqueConstraint(fields=('document', 'place'), name='one_candidate_per_place')],
            },
        ),
        migrations.CreateModel(
            name='MatchDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('auto', 'разнесено по точному ключу'), ('accepted', 'разнесено человеком'), ('split', 'разделено по списку'), ('register', 'связано с реестром'), ('not_ours', 'не долг, признано человеком'), ('returned', 'возвращается плательщику'), ('elsewhere', 'учтено другим файлом'), ('not_debt', 'не долг, по тексту')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('decided_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('undo_reason', models.CharField(blank=True, max_length=500)),
                ('booking', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='debtors.booking')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='imports.bankdocument')),
                ('register', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='register_totals', to='imports.importbatch')),
                ('undo_booking', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='debtors.booking')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-decided_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('document',), name='one_standing_decision_per_document'), models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('register',), name='a_register_answers_one_document'), models.CheckConstraint(condition=models.Q(models.Q(('booking__isnull', False), ('kind__in', ['auto', 'accepted', 'split']), ('register__isnull', True)), models.Q(('booking__isnull', True), ('kind', 'register'), ('register__isnull', False)), models.Q(('booking__isnull', True), ('kind__in', ['not_ours', 'returned', 'elsewhere', 'not_debt']), ('register__isnull', True)), _connector='OR'), name='placing_books_and_a_tie_names_its_register')],
            },
        ),
        migrations.CreateModel(
            name='PayerPattern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('payer_account', models.CharField(max_length=30)),
                ('payer_name', models.CharField(blank=True, max_length=300)),
                ('reason', models.CharField(max_length=500)),
                ('learnt_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('revoke_reason', models.CharField(blank=True, max_length=500)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='payer_patterns', to='debtors.utilityaccount')),
                ('creditor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='payer_patterns', to='access.organisation')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='patterns', to='imports.bankdocument')),
                ('learnt_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-learnt_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('creditor', 'payer_account', 'account'), name='a_payer_is_learnt_once_per_account')],
            },
        ),
        migrations.CreateModel(
            name='DecisionLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', casedesk.common.fields.KopeckField()),
                ('channel', models.CharField(max_length=10)),
                ('row', models.PositiveIntegerField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_lines', to='debtors.utilityaccount')),
                ('writ', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bank_lines', to='enforcement.writ')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='imports.matchdecision')),
            ],
            options={
                'ordering': ['decision', 'row'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='a_decision_line_has_a_sum'), models.UniqueConstraint(fields=('decision', 'row'), name='one_decision_line_per_row')],
            },
        ),
    ]
