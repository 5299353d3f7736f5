"""Settings: each an environment variable, described in docs/reference/settings.md."""

import logging
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

from colibri.config.keyring import derive, load_key
from colibri.config.scripts import script_source
from colibri.networks.base import Client
from colibri.networks.guard import Guard

env = Env()
DATA_DIR = Path(env.str("COLIBRI_DATA_DIR", ".colibri")).resolve()
env.read_env(str(DATA_DIR / ".env"), recurse=False)

SITE_URL = env.str("COLIBRI_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
DEBUG = env.bool("COLIBRI_DEBUG", False)
DEMO = env.bool("COLIBRI_DEMO", False)

KEY = load_key(env.str("COLIBRI_KEY", ""), DATA_DIR / "key")
SECRET_KEY = derive(KEY, "django")
MEMBER_HASH_KEY = derive(KEY, "members of audiences")
PUSH_SECRET = derive(KEY, "web push")

_site = urlsplit(SITE_URL)
_https = _site.scheme == "https"
ALLOWED_HOSTS = [_site.hostname or "127.0.0.1", *env.list("COLIBRI_HOSTS", [])]
if _site.hostname == "127.0.0.1":
    ALLOWED_HOSTS.append("localhost")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Whether collectives are actors other servers can follow: only what is encrypted can be one in public.
FEDERATION = env.bool("COLIBRI_FEDERATION", _https)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("COLIBRI_BEHIND_PROXY", False) else None
)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "colibri.common",
    "colibri.people",
    "colibri.audiences",
    "colibri.appeals",
    "colibri.relays",
    "colibri.federation",
    "colibri.conversations",
    "colibri.showcase",
    "colibri.resumes",
    "colibri.programme",
    "colibri.helping",
    "colibri.causes",
    "colibri.impact",
    "colibri.home",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "huey.contrib.djhuey",
    "colibri.config.administration.Administration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
if DEMO:
    # A database of one day has no history: its tables are made at once, in a fraction of the time.
    MIGRATION_MODULES = dict.fromkeys(app.rpartition(".")[2] for app in INSTALLED_APPS)
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "colibri.people.middleware.Doorkeeper",
    "colibri.config.problems.Problems",
]
ROOT_URLCONF = "colibri.config.urls"
WSGI_APPLICATION = "colibri.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "colibri.appeals.templatetags.appeals"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "colibri.common.context.site",
            ],
        },
    }
]

DATABASES = {
    "default": env.dj_db_url(
        "COLIBRI_DATABASE_URL",
        f"sqlite:///{DATA_DIR / 'colibri.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_queue = env.str("COLIBRI_QUEUE_URL", f"sqlite:///{DATA_DIR / 'queue.sqlite3'}")
if not _queue.startswith(("redis://", "rediss://", "sqlite:///")):
    raise ImproperlyConfigured("COLIBRI_QUEUE_URL begins with sqlite:///, redis:// or rediss://")
if _queue.startswith("redis") and not find_spec("redis"):
    raise ImproperlyConfigured("COLIBRI_QUEUE_URL names Redis: install colibri[redis]")
HUEY = {
    "name": "colibri",
    "results": False,
    "immediate": False,
    **(
        {"huey_class": "huey.RedisHuey", "connection": {"url": _queue}}
        if _queue.startswith("redis")
        else {"huey_class": "huey.SqliteHuey", "filename": _queue.removeprefix("sqlite:///")}
    ),
}
# What pages count for some minutes is counted once for all processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _queue,
        "KEY_PREFIX": "page",
    }
    if _queue.startswith("redis")
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(DATA_DIR / "cache"),
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    }
}
# How long a worker may hold a piece of work before another takes it for lost.
LEASE_SECONDS = env.float("COLIBRI_LEASE_SECONDS", 120.0)

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}]
ACCOUNT_ADAPTER = "colibri.people.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_FORMS = {"request_login_code": "colibri.people.forms.entering.CodeForm"}
# The form counts itself, for all processes together and so that nobody shuts out others.
ACCOUNT_RATE_LIMITS = {"request_login_code": None}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = (
    15 * 60
)  # some mail servers let a stranger's mail wait
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Who knocks too often is told by their own address and not by our proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE_PROXY_SSL_HEADER else 0
MFA_SUPPORTED_TYPES = ["webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _https
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "home:mine"

EMAIL_FROM = env.str("COLIBRI_MAIL_FROM", f"colibri@{_site.hostname}")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = EMAIL_FROM
_mail = env.dj_email_url("COLIBRI_MAIL_URL", "console:")
if "EMAIL_BACKEND" not in _mail:
    raise ImproperlyConfigured("COLIBRI_MAIL_URL begins with submission://, smtp://, file: or console:")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = _mail["EMAIL_FILE_PATH"] or str(DATA_DIR / "mail")
EMAIL_TIMEOUT = 20
# Hours of each person's clocks in which nobody is rung or written to who chose no others.
try:
    QUIET_FROM, QUIET_UNTIL = (int(one) for one in env.str("COLIBRI_QUIET_HOURS", "21-8").split("-"))
    if not (0 <= QUIET_FROM <= 23 and 0 <= QUIET_UNTIL <= 23):
        raise ValueError
except ValueError:
    raise ImproperlyConfigured("COLIBRI_QUIET_HOURS is two hours from 0 to 23, such as 21-8") from None

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]
FORMAT_MODULE_PATH = ["colibri.config.formats"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

# Small scripts stand inside their page, so that nothing more is asked for: only these very bytes may run.
_PAGES = Path(__file__).parents[1]
_SCRIPTS = [
    _PAGES / "appeals/templates/appeals/share.js",
    _PAGES / "appeals/templates/appeals/coach.js",
    _PAGES / "people/templates/people/device.js",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF, UNSAFE_INLINE],
        "script-src": [SELF, *map(script_source, _SCRIPTS)],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Places inside that outgoing requests may reach: development and services of one's own.
GUARD = Guard(
    allow=frozenset(env.list("COLIBRI_ALLOW_INSIDE", [])),
    user_agent=f"Colibri (+{SITE_URL})",
)

# A language model the operator has, spoken to in the chat completions format, when a person asks for it.
MODEL_URL = env.str("COLIBRI_MODEL_URL", "").rstrip("/")
MODEL_NAME = env.str("COLIBRI_MODEL_NAME", "")
MODEL_KEY = env.str("COLIBRI_MODEL_KEY", "")
if MODEL_URL and not (MODEL_URL.startswith(("http://", "https://")) and MODEL_NAME):
    raise ImproperlyConfigured(
        "COLIBRI_MODEL_URL is an address such as https://model.example.org/v1; "
        "COLIBRI_MODEL_NAME says which model is asked for there"
    )

# What servers of other networks are told of this site when somebody signs in there.
OAUTH_CLIENT = Client(
    name="Colibri",
    site=SITE_URL,
    redirect=f"{SITE_URL}/identities/back/",
    metadata=f"{SITE_URL}/oauth/client.json",
    secret=derive(KEY, "OAuth client"),
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.log_level("COLIBRI_LOG_LEVEL", logging.WARNING)},
    # What visitors did wrong is told to them, not to the log.
    "loggers": {"django.request": {"level": "ERROR"}},
}
