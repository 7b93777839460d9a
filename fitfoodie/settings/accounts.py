"""Who may come in, and how: password rules, sign-in methods, limits, tokens for apps. docs/sign-in.md explains them."""

from datetime import timedelta

from fitfoodie.settings.env import env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.PersonBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.auth.passwords.LengthValidator", "OPTIONS": {"min_length": 10, "max_length": 1024}},
    {"NAME": "accounts.auth.passwords.PersonalValidator"},
    {"NAME": "accounts.auth.passwords.GuessableValidator"},
    {"NAME": "accounts.auth.passwords.BreachedValidator"},
]
# Ask the range interface of a breach list about the first five characters of a password's SHA-1, never more.
BREACHED_PASSWORDS_ENABLED = env.bool("BREACHED_PASSWORDS_ENABLED", default=False)
BREACHED_PASSWORDS_URL = env.str("BREACHED_PASSWORDS_URL", default="https://api.pwnedpasswords.com/range/")
# A reset link works for this long, once.
PASSWORD_RESET_TIMEOUT = 60 * 60
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.auth.join_form.JoinForm"
ACCOUNT_FORMS = {
    "add_email": "accounts.auth.forms.AddEmailForm",
    "confirm_email_verification_code": "accounts.auth.forms.ConfirmEmailForm",
    "confirm_login_code": "accounts.auth.forms.ConfirmLoginCodeForm",
    "login": "accounts.auth.forms.SignInForm",
    "reauthenticate": "accounts.auth.forms.ReauthenticateForm",
    "request_login_code": "accounts.auth.forms.RequestLoginCodeForm",
    "reset_password": "accounts.auth.forms.RequestResetForm",
    "signup": "accounts.auth.forms.SignUpForm",
    "change_password": "accounts.auth.forms.ChangePasswordForm",
    "reset_password_from_key": "accounts.auth.forms.ResetPasswordForm",
    "set_password": "accounts.auth.forms.SetPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "accounts.auth.names.display_name"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
# Signing up always leads to the same "enter the code" page, whether the address is known or not (SEC-1). Somebody who
# signs in later without having confirmed is let in by our own login stage, with a banner and no right to write.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 60 * 30
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 5
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * 10
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 60 * 10
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if env.str("SITE_URL", default="").startswith("https") else "http"
# Where the proxy ends is one setting for the whole site (SEC-5).
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# Per address and per account. Wrong passwords: see KNOWN_DEVICE_LOGIN_RATE for people on a device of theirs.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,10/m/key,60/h/key",
    "signup": "20/m/ip",
    "request_login_code": "20/m/ip,3/m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "confirm_email": "1/10s/key,10/h/key",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
}
# Somebody who signed in here before guesses in a bucket of their own: strangers cannot lock them out (SEC-6).
KNOWN_DEVICE_LOGIN_RATE = "10/m/key,60/h/key"
KNOWN_DEVICE_COOKIE_AGE = timedelta(days=365)

MFA_ADAPTER = "accounts.adapters.MfaAdapter"
MFA_FORMS = {
    "authenticate": "accounts.auth.mfa_forms.AuthenticateForm",
    "reauthenticate": "accounts.auth.mfa_forms.ReauthenticateForm",
    "activate_totp": "accounts.auth.mfa_forms.ActivateTotpForm",
    "add_webauthn": "accounts.auth.mfa_forms.AddPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = env.str("SITE_NAME", default="FitFoodie")
MFA_TOTP_TOLERANCE = 1
MFA_TRUST_ENABLED = True
MFA_TRUST_COOKIE_AGE = timedelta(days=14)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
# Staff without a second factor do not get into the back office.
STAFF_REQUIRE_MFA = env.bool("STAFF_REQUIRE_MFA", default=False)

HEADLESS_ADAPTER = "accounts.adapters.HeadlessAdapter"
HEADLESS_CLIENTS = ("app",)
HEADLESS_TOKEN_STRATEGY = "accounts.auth.tokens.RotatingTokenStrategy"  # noqa: S105  a path, not a secret
HEADLESS_JWT_PRIVATE_KEY = env.str("JWT_PRIVATE_KEY", default="", multiline=True)
HEADLESS_JWT_ALGORITHM = "RS256" if HEADLESS_JWT_PRIVATE_KEY else "HS256"
HEADLESS_JWT_ACCESS_TOKEN_EXPIRES_IN = 60 * 5
HEADLESS_JWT_REFRESH_TOKEN_EXPIRES_IN = 60 * 60 * 24 * 30
HEADLESS_JWT_STATEFUL_VALIDATION_ENABLED = True
HEADLESS_JWT_ROTATE_REFRESH_TOKEN = True

SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAccountAdapter"
# A provider's word is not proof of owning the local account: people sign in to it first, then connect (SEC-7).
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {}
if GOOGLE_CLIENT_ID := env.str("GOOGLE_CLIENT_ID", default=""):
    SOCIALACCOUNT_PROVIDERS["google"] = {
        "APPS": [{"client_id": GOOGLE_CLIENT_ID, "secret": env.str("GOOGLE_CLIENT_SECRET", default="")}],
        "SCOPE": ["profile", "email"],
        "OAUTH_PKCE_ENABLED": True,
    }
if FACEBOOK_CLIENT_ID := env.str("FACEBOOK_CLIENT_ID", default=""):
    SOCIALACCOUNT_PROVIDERS["facebook"] = {
        "APPS": [{"client_id": FACEBOOK_CLIENT_ID, "secret": env.str("FACEBOOK_CLIENT_SECRET", default="")}],
        "METHOD": "oauth2",
        "SCOPE": ["email", "public_profile"],
        "FIELDS": ["id", "name", "email"],
        # Facebook does not say whether it checked an address, so people confirm it with us.
        "VERIFIED_EMAIL": False,
    }
if APPLE_CLIENT_ID := env.str("APPLE_CLIENT_ID", default=""):
    SOCIALACCOUNT_PROVIDERS["apple"] = {
        "APPS": [
            {
                "client_id": APPLE_CLIENT_ID,
                "secret": env.str("APPLE_KEY_ID", default=""),
                "key": env.str("APPLE_TEAM_ID", default=""),
                "settings": {"certificate_key": env.str("APPLE_PRIVATE_KEY", default="", multiline=True)},
            }
        ],
    }
# A button that leads to a provider is a form of ours that redirects there; the content security policy must allow it.
_ORIGINS = {
    "apple": "https://appleid.apple.com",
    "facebook": "https://www.facebook.com",
    "google": "https://accounts.google.com",
}
PROVIDER_ORIGINS = [_ORIGINS[provider] for provider in sorted(SOCIALACCOUNT_PROVIDERS)]

# Friend requests one person may send in a day (UTC).
FRIEND_REQUESTS_PER_DAY = env.int("FRIEND_REQUESTS_PER_DAY", default=50)
