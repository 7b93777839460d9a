"""Uploaded pictures: what is taken, and who looks at them first."""

from fitfoodie.settings.env import env

PHOTO_MAX_MEGABYTES = env.float("PHOTO_MAX_MEGABYTES", default=20)
PHOTO_MAX_MEGAPIXELS = env.float("PHOTO_MAX_MEGAPIXELS", default=50)
# host:port or the path of a Unix socket; empty means no scanner. A scanner that is named but down holds uploads.
CLAMAV_ADDRESS = env.str("CLAMAV_ADDRESS", default="")
CLAMAV_TIMEOUT = env.float("CLAMAV_TIMEOUT", default=20)
