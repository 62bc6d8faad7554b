"""Settings of the product. What differs between installations comes from the environment: environment.py."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from fedele.config import environment

ROOT = Path(__file__).resolve().parent.parent
DATA_DIR = Path(environment.text("DATA_DIR", "var")).absolute()

DEBUG = environment.flag("DEBUG")
DEMO = environment.flag("DEMO")
TESTING = environment.flag("TESTING")
SECRET_KEY = environment.text("SECRET_KEY") or "insecure-key-for-trying-out-only"
# Keys that were in use before: what they signed or encrypted stays valid.
SECRET_KEY_FALLBACKS = environment.words("OLD_SECRET_KEYS")
SITE_URL = environment.text("SITE_URL", "http://localhost:8000").rstrip("/")
SITE_HOST = SITE_URL.split("//")[-1].split("/")[0].rsplit(":", 1)[0]
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = [SITE_HOST, *environment.words("ALLOWED_HOSTS")]
if DEBUG or DEMO or TESTING:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]", "testserver"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "fedele.journal",
    "fedele.base",
    "fedele.access",
    "fedele.search",
    "fedele.notices",
    "fedele.tasks",
    "fedele.records",
    "fedele.ui",
    "fedele.people",
    "fedele.calendar",
    "fedele.knowledge",
    "fedele.inbox",
    "fedele.sales",
    "fedele.billing",
    "fedele.setup",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "fedele.access.middleware.LoginRequiredMiddleware",
    "fedele.ui.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "fedele.journal.middleware.ActorMiddleware",
    "fedele.records.merging.middleware.MergedMiddleware",
    "fedele.ui.middleware.StoreMiddleware",
    "fedele.ui.webapp.keeping.KeepingMiddleware",
]

ROOT_URLCONF = "fedele.config.urls"
WSGI_APPLICATION = "fedele.config.wsgi.application"
CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    {
        # Every page of the product. Department templates lie in <department>/templates/<department>/…
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [
            ROOT / name / "templates"
            for name in (
                "ui",
                "records",
                "people",
                "calendar",
                "knowledge",
                "inbox",
                "sales",
                "billing",
                "notices",
                "tasks",
                "setup",
                "search",
                "access",
                "journal",
            )
        ],
        "APP_DIRS": False,
        # The context processor serves allauth's views, whose pages we write as well: access/templates.
        "OPTIONS": {"environment": "fedele.ui.jinja.environment", "context_processors": ["fedele.ui.shell.context_of"]},
    },
    {
        # Only for what a library brings: allauth's mails.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "django",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
]

DATABASES = {"default": environment.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # Sign-in throttling needs one memory for all processes; what may be forgotten stays in the process.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "fedele_cache"},
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "process"},
}

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if TESTING:
    # The real one takes a good part of a second on purpose, and a test suite signs in hundreds of times.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "fedele.access.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "fedele.access.links.PasswordLinks"  # noqa: S105 (a path)
# The longest life of any such link, an invitation's; a reset lives 24 hours: access/links.py.
PASSWORD_RESET_TIMEOUT = 7 * 24 * 60 * 60
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,8/5m/key"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_ADAPTER = "fedele.access.adapter.MFAAdapter"
# Addresses come from administrators, who know their colleagues.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Fedele"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "sso",
                "name": environment.text("OIDC_NAME", "SSO"),
                "client_id": environment.text("OIDC_CLIENT_ID"),
                "secret": environment.text("OIDC_SECRET"),
                "settings": {"server_url": environment.text("OIDC_SERVER_URL")},
            }
        ]
        if environment.text("OIDC_CLIENT_ID")
        else []
    }
}
SOCIALACCOUNT_ADAPTER = "fedele.access.adapter.SocialAccountAdapter"
# A link, not a form: the policy below lets forms lead to this site only.
SOCIALACCOUNT_LOGIN_ON_GET = True

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-fedele" if HTTPS else "fedele"
CSRF_COOKIE_NAME = "__Host-fedele-csrf" if HTTPS else "fedele-csrf"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "fedele.ui.errors.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if environment.flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Throttling and the audit go by the visitor's address as this one proxy saw it.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = environment.text("LANGUAGE", "it")
LANGUAGES = [("it", _("Italian")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = environment.text("TIME_ZONE", "Europe/Rome")
FORMAT_MODULE_PATH = ["fedele.ui.formats"]
CURRENCY = environment.text("CURRENCY", "EUR")
COUNTRY = environment.text("COUNTRY", "IT")

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "fedele.ui.bundle.BundleFinder",
]
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": environment.storage(DATA_DIR),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
WHITENOISE_MAX_AGE = 0 if DEBUG or TESTING else 31_536_000
FILE_UPLOAD_HANDLERS = [
    "fedele.config.uploads.Ceiling",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# The biggest file a person may attach to a record.
UPLOAD_MAX_BYTES = environment.number("UPLOAD_MAX_MB", 25) * 1024 * 1024
# Whether photos keep the place where they were taken.
KEEP_PHOTO_PLACES = environment.flag("KEEP_PHOTO_PLACES")
IMPORT_MAX_BYTES = environment.number("IMPORT_MAX_MB", 500) * 1024 * 1024

TASKS = {
    "default": {
        "BACKEND": environment.text(
            "TASKS_BACKEND",
            "django_tasks.backends.immediate.ImmediateBackend" if TESTING else "django_tasks_db.DatabaseBackend",
        ),
        "QUEUES": [],
    }
}

globals().update(environment.email())
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", f"Fedele <fedele@{SITE_HOST}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Web Push: one's own key instead of the one made at first use, and whether private addresses may be called at all.
PUSH_PRIVATE_KEY = environment.text("PUSH_PRIVATE_KEY")

# Whom to believe that mail is certified (PEC): a PEM file, or a folder of them. Without it signatures are checked, issuers not.
PEC_CERTIFICATES = environment.text("PEC_CERTIFICATES")
PRIVATE_ADDRESSES = environment.flag("PRIVATE_ADDRESSES")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "WARNING")},
    "loggers": {"fedele": {"level": environment.text("LOG_LEVEL", "INFO")}},
}
TEST_RUNNER = "django.test.runner.DiscoverRunner"
