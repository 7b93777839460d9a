"""Where files live: static files beside the code, uploads on disk or in an S3 bucket.

`default` holds what everyone may see (sizes of photos), `private` what nobody may without a signed link (originals).
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fitfoodie.settings.env import BASE_DIR, env

PRIVATE_LINK_SECONDS = env.int("PRIVATE_LINK_SECONDS", default=300)
_VAR_DIR = Path(env.str("FITFOODIE_VAR", default=str(BASE_DIR / "var")))
MEDIA_ROOT = _VAR_DIR / "media"
MEDIA_URL = "/media/"

MEDIA_S3_BUCKET = env.str("MEDIA_S3_BUCKET", default="")


def _s3(prefix: str, **options: Any) -> dict[str, Any]:
    """One bucket, two folders. Keys come from the environment or the machine's role, as boto3 finds them."""
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": MEDIA_S3_BUCKET,
            "location": prefix,
            "endpoint_url": env.str("AWS_S3_ENDPOINT_URL", default=None),
            "region_name": env.str("AWS_S3_REGION_NAME", default=None),
            "addressing_style": env.str("AWS_S3_ADDRESSING_STYLE", default="auto"),
            "signature_version": "s3v4",
            "file_overwrite": False,
            "default_acl": None,
            **options,
        },
    }


def _media_url() -> str:
    """MEDIA_PUBLIC_URL is the address of the public folder: a CDN or the bucket's own. Names are appended to it."""
    endpoint = env.str("AWS_S3_ENDPOINT_URL", default="")
    bucket = f"{endpoint.rstrip('/')}/{MEDIA_S3_BUCKET}" if endpoint else f"https://{MEDIA_S3_BUCKET}.s3.amazonaws.com"
    address: str = env.str("MEDIA_PUBLIC_URL", default=f"{bucket}/public")
    return address.rstrip("/") + "/"


if MEDIA_S3_BUCKET:
    MEDIA_URL = _media_url()
    _default = _s3(
        "public",
        querystring_auth=False,
        object_parameters={"CacheControl": "public, max-age=31536000, immutable"},
    )
    _private = _s3(
        "private",
        querystring_auth=True,
        querystring_expire=PRIVATE_LINK_SECONDS,
        object_parameters={"CacheControl": "private, no-store", "ContentDisposition": "attachment"},
    )
else:
    _default = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    _private = {
        "BACKEND": "fitfoodie.common.storage.PrivateFileSystemStorage",
        "OPTIONS": {"location": _VAR_DIR / "private"},
    }

# Where pictures may be shown from, besides this site; joins the content security policy.
MEDIA_ORIGINS = [f"{urlsplit(MEDIA_URL).scheme}://{urlsplit(MEDIA_URL).netloc}"] if MEDIA_S3_BUCKET else []

STORAGES = {
    "default": _default,
    "private": _private,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
