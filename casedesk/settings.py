"""The one settings file. Everything that differs between machines is read from the environment here, at the top.

Names are fixed by docs/commands.md: DATABASE_URL, SECRET_KEY, DEBUG, ALLOWED_HOSTS, TASKS, BROKER_URL.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-the-demo-and-the-tests-set-your-own-in-production")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
DATABASE_URL = env.str("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'casedesk.sqlite3'}")
TASKS_MODE = env.str("TASKS", default="database")
BROKER_URL = env.str("BROKER_URL", default="amqp://guest:guest@127.0.0.1:5672//")
BROKER_QUEUE = env.str("BROKER_QUEUE", default="casedesk")
SECURE = env.bool("SECURE", default=False)
"""True behind HTTPS: secure cookies, HSTS and the redirect."""
SITE_URL = env.str("SITE_URL", default="")
"""`https://desk.example.ru`: where letters lead back to."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rest_framework",
    "knox",
    "django_filters",
    "simple_history",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "axes",
    "django_tasks",
    "django_tasks_db",
    "casedesk.common",
    "casedesk.access",
    "casedesk.norms",
    "casedesk.documents",
    "debtors",
    "enforcement",
    "casedesk.commission",
    "imports",
    "casedesk.plans",
    "casedesk.desk",
    "casedesk.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "casedesk.common.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "casedesk.urls"
WSGI_APPLICATION = "casedesk.wsgi.application"
ASGI_APPLICATION = "casedesk.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "casedesk.desk.context.shell",
            ],
        },
    }
]

FORM_RENDERER = "casedesk.common.form_renderer.Renderer"

# --- database -------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL with IMMEDIATE: with Django's deferred default two writers lose transactions ("database is locked").
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000; "
        "PRAGMA temp_store=MEMORY;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Compiling a set-based statement takes longer than running it: 11 of 13 s for the states of 5 000 accounts.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c jit=off"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk:today"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "access/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_ENABLE_ADMIN = False

SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SILENCED_SYSTEM_CHECKS = []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}

# --- case page --------------------------------------------------------------------------------------------------------
CASE_PANELS = [
    "enforcement.web.claim_panel.claims",
    "debtors.web.outreach_panel.panel",
    "debtors.web.restriction_panel.panel",
    "debtors.web.contact_panel.slot",
    "debtors.web.papers_panel.documents",
    "enforcement.web.papers_panel.claims",
    "enforcement.web.case_panel.writs",
    "casedesk.commission.web.case_panel.heard",
]
"""Functions (case, user) -> panel or None, for what higher rooms know of a case."""
CASE_STEPS = ["enforcement.web.claim_panel.step_url"]
"""Functions (case) -> address of the case's next step, empty where it is none of theirs."""
CASE_BULK = ["enforcement.web.claim_panel.bulk"]
"""Functions (user) -> what higher rooms offer to do with many cases at once."""

# --- contact with debtors ---------------------------------------------------------------------------------------------
EMAIL_URL = env.str("EMAIL_URL", default="")
"""`smtp+tls://user:password@host:587`, `filemail:///folder`; empty: no e-mail leaves this installation."""
if EMAIL_URL:
    vars().update(env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="casedesk@localhost")
SMS_URL = env.str("SMS_URL", default="")
"""Where an SMS gateway takes a POST; `local:` keeps messages in a file; empty: no SMS leaves this installation."""
SMS_FORMAT = env.str("SMS_FORMAT", default="json")
SMS_AUTHORIZATION = env.str("SMS_AUTHORIZATION", default="")
SMS_SENDER = env.str("SMS_SENDER", default="")
SMS_FIELDS = env.dict("SMS_FIELDS", default={"phone": "phone", "text": "text", "key": "id", "sender": "sender", "number": "id"})
"""Our name of a field -> the gateway's."""

# --- language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "casedesk" / "locale"]
USE_I18N = True
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Moscow")
USE_TZ = True

# --- files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "casedesk.common.storage.HashedWhenCollected"
    },
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MANIFEST_STRICT = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20

# --- background work ------------------------------------------------------------------------------------------------
TASK_BACKENDS = {
    "immediate": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "database": {"BACKEND": "django_tasks_db.DatabaseBackend"},
    "celery": {"BACKEND": "casedesk.common.jobs.celery_backend.CeleryBackend"},
}
if TASKS_MODE not in TASK_BACKENDS:
    raise environ.ImproperlyConfigured(f"TASKS={TASKS_MODE!r}: choose one of {', '.join(TASK_BACKENDS)}")
TASKS = {"default": TASK_BACKENDS[TASKS_MODE]}

# --- API ------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["knox.auth.TokenAuthentication", "rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "casedesk.common.api.pagination.Cursor",
    "EXCEPTION_HANDLER": "casedesk.common.api.errors.answer",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": env.str("API_RATE", default="600/min")},
    "COERCE_DECIMAL_TO_STRING": True,
}
KNOX_TOKEN_MODEL = "access.ApiToken"
MIGRATION_MODULES = {"knox": None}  # its own table would stand beside ours and keep PostgreSQL from truncating users
REST_KNOX = {"TOKEN_TTL": timedelta(days=365), "AUTH_HEADER_PREFIX": "Token", "TOKEN_MODEL": KNOX_TOKEN_MODEL}
SPECTACULAR_SETTINGS = {
    "TITLE": "casedesk",
    "VERSION": "0.1.0",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "DESCRIPTION": "Read access to accounts, cases, ageing, imports, plan figures and jobs, and upload of registers. "
    "Amounts are strings with two decimals, days ISO, months YYYY-MM. Programs send `Authorization: Token ...`.",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "CampaignStateEnum": "debtors.rules.contact_words.CAMPAIGN_CHOICES",
        "ContactStateEnum": "debtors.rules.contact_words.CONTACT_STATE_CHOICES",
        "PromiseStateEnum": "debtors.rules.promise_standing.PROMISE_CHOICES",
        "RoundStateEnum": "debtors.rules.visit_words.ROUND_CHOICES",
        "CaseStageEnum": "debtors.rules.stages.STAGE_CHOICES",
        "ClaimStageEnum": "enforcement.rules.claim_stages.STAGE_CHOICES",
        "ClaimKindEnum": "enforcement.rules.claim_stages.KIND_CHOICES",
    },
}

SIMPLE_HISTORY_HISTORY_ID_USE_UUID = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
