"""All of access at once, for a database that is new: the steps it replaces took a minute to walk through.

A database that has gone some of those steps goes on by them.
"""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('access', '0001_initial'), ('access', '0002_api_tokens'), ('access', '0003_creditor_requisites')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Territory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=200)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('patronymic', models.CharField(blank=True, max_length=100, verbose_name='отчество')),
                ('language', models.CharField(default='ru', max_length=5)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('digest', models.CharField(max_length=128, primary_key=True, serialize=False)),
                ('token_key', models.CharField(db_index=True, max_length=25)),
                ('created', models.DateTimeField(auto_now_add=True)),
                ('expiry', models.DateTimeField(blank=True, null=True)),
                ('name', models.CharField(max_length=80)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='auth_token_set', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-created'],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('creditor', 'взыскатель'), ('municipality', 'муниципалитет'), ('bailiff_department', 'отдел судебных приставов'), ('billing_centre', 'расчётный центр')], max_length=20)),
                ('code', models.SlugField(help_text='Short word for commands and URLs', max_length=40, unique=True)),
                ('name', models.CharField(max_length=300)),
                ('inn', models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('^\\d{10}(\\d{2})?$', 'ИНН: 10 или 12 цифр')], verbose_name='ИНН')),
                ('serves', models.ManyToManyField(blank=True, help_text='Creditors whose registers a billing centre keeps', related_name='served_by', to='access.organisation')),
                ('territory', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='access.territory')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'municipality'), _negated=True), ('territory__isnull', False), _connector='OR'), name='a_municipality_has_a_territory')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalOrganisation',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('creditor', 'взыскатель'), ('municipality', 'муниципалитет'), ('bailiff_department', 'отдел судебных приставов'), ('billing_centre', 'расчётный центр')], max_length=20)),
                ('code', models.SlugField(help_text='Short word for commands and URLs', max_length=40)),
                ('name', models.CharField(max_length=300)),
                ('inn', models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('^\\d{10}(\\d{2})?$', 'ИНН: 10 или 12 цифр')], verbose_name='ИНН')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('territory', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.territory')),
            ],
            options={
                'verbose_name': 'historical organisation',
                'verbose_name_plural': 'historical organisations',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalMembership',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('role', models.CharField(choices=[('legal_officer', 'Юрист'), ('bailiff_liaison', 'Взаимодействие с приставами'), ('commission_secretary', 'Секретарь комиссии'), ('commission_member', 'Член комиссии'), ('register_clerk', 'Оператор реестров'), ('plan_supervisor', 'Куратор плана'), ('auditor', 'Аудитор'), ('administrator', 'Администратор')], max_length=30)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.organisation')),
            ],
            options={
                'verbose_name': 'historical membership',
                'verbose_name_plural': 'historical memberships',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalCreditorRequisites',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('name', models.CharField(help_text='Как в банке, не длиннее 160 знаков', max_length=160, verbose_name='Получатель')),
                ('inn', models.CharField(max_length=12, validators=[django.core.validators.RegexValidator('^\\d{10}(\\d{2})?$', 'ИНН: 10 или 12 цифр')], verbose_name='ИНН')),
                ('kpp', models.CharField(blank=True, max_length=9, validators=[django.core.validators.RegexValidator('^\\d{9}$', 'КПП: 9 цифр')], verbose_name='КПП')),
                ('account', models.CharField(max_length=20, validators=[django.core.validators.RegexValidator('^\\d{20}$', 'Расчётный счёт: 20 цифр')], verbose_name='Расчётный счёт')),
                ('bank_name', models.CharField(help_text='Не длиннее 45 знаков', max_length=45, verbose_name='Банк')),
                ('bic', models.CharField(max_length=9, validators=[django.core.validators.RegexValidator('^\\d{9}$', 'БИК: 9 цифр')], verbose_name='БИК')),
                ('correspondent_account', models.CharField(max_length=20, validators=[django.core.validators.RegexValidator('^\\d{20}$', 'Корр. счёт: 20 цифр')], verbose_name='Корреспондентский счёт')),
                ('oktmo', models.CharField(blank=True, max_length=11, validators=[django.core.validators.RegexValidator('^\\d{8,11}$', 'ОКТМО: 8-11 цифр')], verbose_name='ОКТМО')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.organisation')),
            ],
            options={
                'verbose_name': 'historical creditor requisites',
                'verbose_name_plural': 'historical creditor requisites',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='SettlementAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, validators=[django.core.validators.RegexValidator('^\\d{20}$', 'Расчётный счёт: 20 цифр')])),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settlement_accounts', to='access.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('legal_officer', 'Юрист'), ('bailiff_liaison', 'Взаимодействие с приставами'), ('commission_secretary', 'Секретарь комиссии'), ('commission_member', 'Член комиссии'), ('register_clerk', 'Оператор реестров'), ('plan_supervisor', 'Куратор плана'), ('auditor', 'Аудитор'), ('administrator', 'Администратор')], max_length=30)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='access.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'organisation', 'role', 'valid_from'), name='one_membership_per_start'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='membership_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='CreditorRequisites',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('name', models.CharField(help_text='Как в банке, не длиннее 160 знаков', max_length=160, verbose_name='Получатель')),
                ('inn', models.CharField(max_length=12, validators=[django.core.validators.RegexValidator('^\\d{10}(\\d{2})?$', 'ИНН: 10 или 12 цифр')], verbose_name='ИНН')),
                ('kpp', models.CharField(blank=True, max_length=9, validators=[django.core.validators.RegexValidator('^\\d{9}$', 'КПП: 9 цифр')], verbose_name='КПП')),
                ('account', models.CharField(max_length=20, validators=[django.core.validators.RegexValidator('^\\d{20}$', 'Расчётный счёт: 20 цифр')], verbose_name='Расчётный счёт')),
                ('bank_name', models.CharField(help_text='Не длиннее 45 знаков', max_length=45, verbose_name='Банк')),
                ('bic', models.CharField(max_length=9, validators=[django.core.validators.RegexValidator('^\\d{9}$', 'БИК: 9 цифр')], verbose_name='БИК')),
                ('correspondent_account', models.CharField(max_length=20, validators=[django.core.validators.RegexValidator('^\\d{20}$', 'Корр. счёт: 20 цифр')], verbose_name='Корреспондентский счёт')),
                ('oktmo', models.CharField(blank=True, max_length=11, validators=[django.core.validators.RegexValidator('^\\d{8,11}$', 'ОКТМО: 8-11 цифр')], verbose_name='ОКТМО')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requisites', to='access.organisation')),
            ],
            options={
                'verbose_name_plural': 'creditor requisites',
                'ordering': ['-valid_from'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'valid_from'), name='one_set_of_requisites_per_day')],
            },
        ),
    ]
