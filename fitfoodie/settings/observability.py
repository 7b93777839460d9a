"""What the operator sees: logs, health, errors."""

from fitfoodie.settings.env import env

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
