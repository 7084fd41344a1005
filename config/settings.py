"""Settings of one Amparo site, all from AMPARO_* variables (docs/settings.md); faults are told all at once."""

from pathlib import Path
from typing import Any

from celery.schedules import crontab

from config.environment import Environment, sqlite

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

SITE = env.site()
DATA_DIR = env.folder("AMPARO_DATA_DIR", BASE_DIR / "var")
PRACTICE = env.flag("AMPARO_PRACTICE")
SOURCE_URL = env.text("AMPARO_SOURCE_URL", "/source/")  # by default this copy hands out its own source
SECRET_KEY = env.secret("AMPARO_SECRET_KEY")
FIELD_ENCRYPTION_KEY = env.field_keys("AMPARO_FIELD_KEYS")
AMPARO_INDEX_KEY = env.secret("AMPARO_INDEX_KEY")
AMPARO_AUDIT_KEY = env.secret("AMPARO_AUDIT_KEY")
AMPARO_GATE_KEYS = env.keys("AMPARO_GATE_KEYS")
env.differ(
    AMPARO_SECRET_KEY=SECRET_KEY,
    AMPARO_FIELD_KEYS=FIELD_ENCRYPTION_KEY,
    AMPARO_INDEX_KEY=AMPARO_INDEX_KEY,
    AMPARO_AUDIT_KEY=AMPARO_AUDIT_KEY,
    AMPARO_GATE_KEYS=AMPARO_GATE_KEYS,
)
REDIS = env.redis("AMPARO_REDIS_URL")
IS_EMBEDDED_WORKER = env.flag("AMPARO_EMBEDDED_WORKER")

DEBUG = False
ALLOWED_HOSTS = SITE.hosts
CSRF_TRUSTED_ORIGINS = SITE.origins

INSTALLED_APPS = [
    "config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "accounts.sign_in.allauth_apps.OwnSessionsConfig",
    "guardian",
    "django_htmx",
    "sealing",
    "audit",
    "accounts",
    "work",
    "directory",
    "casework",
    "claims",
    "consents",
    "packet",
    "exchange",
    "safety",
    "papers",
    "materials",
    "advocacy",
    "notes",
    "web",
]

MIDDLEWARE = [
    "web.headers.SafeHeaders",
    "config.health.Health",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sealing.middleware.ForgetKeys",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.sign_in.middleware.OwnLanguage",
    "accounts.sign_in.middleware.SessionLimits",
    "accounts.sign_in.middleware.SecondFactorRequired",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "web.form_renderer.FormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["web.short_templates.ShortTemplates", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.office_roles",
                "web.templatetags.display.site",
            ],
            "builtins": [
                *("web.templatetags.display", "web.templatetags.case_bar", "web.templatetags.tables"),
                *("web.templatetags.addresses", "web.templatetags.notes", "web.templatetags.panels"),
                "web.templatetags.frame",
            ],
        },
    }
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.database("AMPARO_DATABASE_URL", DATA_DIR) or sqlite(DATA_DIR / "amparo.sqlite3")
}
OWNER_DATABASE = env.database("AMPARO_OWNER_DATABASE_URL", DATA_DIR)  # the role that migrates, and does nothing else
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits and used second-factor codes live here, as JSON: one cache for all processes, whatever the engine.
CACHES: dict[str, dict[str, Any]] = {"default": {"BACKEND": "accounts.caching.rows.RowCache"}}
if REDIS:
    CACHES["default"] = {
        "BACKEND": "accounts.caching.redis_and_rows.RedisAndRows",
        "LOCATION": [REDIS.cache],  # a list: Django parts a text at each comma, and a password may hold one
        "OPTIONS": {
            "serializer": "accounts.caching.values.JsonValues",
            "socket_connect_timeout": 2,
            "socket_timeout": 2,
        },
    }

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.sign_in.backend.PersonBackend"]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "accounts.sign_in.passwords.CommonPasswordValidator"},
    {"NAME": "accounts.sign_in.passwords.ContextValidator"},
]

# Signing in (docs/decisions/0003-signing-in.md). Limits count accounts and the devices that an account knows
# (accounts.sign_in.devices), not addresses: behind Tor all share one.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 7 * 24 * 3600  # of the row; accounts.sign_in.middleware.SessionLimits ends sessions long before
ACCOUNT_ADAPTER = "accounts.sign_in.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.sign_in.SignInForm",
    "change_password": "accounts.forms.sign_in.ChangePasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "6/m/key",
    "second_factor": "6/m/key,20/10m/key,60/h/key",
    "reauthenticate": None,
    "change_password": None,  # it knows accounts alone
    "present_password": "5/m/key",
}
MFA_ADAPTER = "accounts.sign_in.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.sign_in.SignInCodeForm",
    "reauthenticate": "accounts.forms.sign_in.ProveAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 0
MFA_ALLOW_UNVERIFIED_EMAIL = True

# Cookies and headers; the rest of the headers stands in web/headers.py.
PREFIX = "__Host-" if SITE.is_secure else ""
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
SESSION_ENGINE = "accounts.sign_in.session_store"
SESSION_COOKIE_NAME = f"{PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{PREFIX}language"
DEVICE_COOKIE_NAME = f"{PREFIX}device"  # of accounts.sign_in.devices: 90 days, signed, HttpOnly, names nobody
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SITE.is_secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "accounts.sign_in.middleware.late_form"
CSRF_COOKIE_AGE = None  # with the browser's session: no device keeps for a year that it was here
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" makes browsers send Origin: null, and every POST is refused
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if SITE.is_secure:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # the proxy speaks https, we stand behind it
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SILENCED_SYSTEM_CHECKS = [
    "security.W021",  # preloading HSTS is a promise for a whole domain: not ours to make
    "guardian.W001",  # has_perm() is not asked: casework.access asks the rows
]
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]  # nothing sent to us lies on disk
FILE_UPLOAD_PERMISSIONS = 0o600

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.time_zone("AMPARO_TIME_ZONE")  # the office's: every hour typed or shown; the databases keep UTC
OFFICE_COUNTRY = env.country("AMPARO_COUNTRY")  # whose public holidays the office keeps

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site has a use for our files
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Mail carries no case content. Without a server, practice mail lies in the data folder; elsewhere none leaves.
_email = env.email()
EMAIL_IS_ON = _email["is_on"]
EMAIL_BACKEND = "django.core.mail.backends." + (
    "smtp.EmailBackend" if EMAIL_IS_ON else "filebased.EmailBackend" if PRACTICE else "dummy.EmailBackend"
)
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST, EMAIL_PORT = _email["host"], _email["port"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _email["user"], _email["password"]
EMAIL_USE_SSL, EMAIL_USE_TLS = _email["use_ssl"], _email["use_tls"]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("AMPARO_EMAIL_FROM", "amparo@localhost")

# The queue. A message holds ids and is only a hint; beat runs sweeps, and rows in the database are the truth.
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = CELERY_EVENT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = CELERY_RESULT_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TRACK_STARTED = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULER = "work.clock:Clock"  # celery's own keeps a shelve: a pickle, in a file
CLOCK_FILE = DATA_DIR / "clock"  # empty; its time says that the clock goes
CELERY_BEAT_SCHEDULE = {
    "sweep-reminders": {"task": "web.tasks.sweep_reminders", "schedule": 60.0, "options": {"expires": 55}},
    "requeue-stale-jobs": {"task": "web.tasks.requeue_stale_jobs", "schedule": 60.0, "options": {"expires": 55}},
    "daily": {"task": "web.tasks.daily", "schedule": crontab(hour=3, minute=7)},
}
if REDIS:
    CELERY_BROKER_URL = REDIS.queue
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {"visibility_timeout": 600}
    CELERY_TASK_REJECT_ON_WORKER_LOST = True
    CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 120, 150
    CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
    CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
elif IS_EMBEDDED_WORKER:
    CELERY_BROKER_URL = "memory://"
else:
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(DATA_DIR / "queue"),
        "data_folder_out": str(DATA_DIR / "queue"),
        "control_folder": str(DATA_DIR / "control"),
        "store_processed": False,
    }

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.logs.JsonLines"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}},
    "root": {"handlers": ["stdout"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stdout"], "level": "WARNING", "propagate": False},
        "amparo": {"handlers": ["stdout"], "level": "INFO", "propagate": False},
        "kombu.connection": {"level": "ERROR"},  # it warns that the file queue has no host
        "celery": {"handlers": ["stdout"], "level": "WARNING", "propagate": False},
    },
}

env.stop_on_faults()
