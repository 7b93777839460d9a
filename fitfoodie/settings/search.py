"""Which engine finds things. The database always can; Elasticsearch answers in its place when it is configured."""

from fitfoodie.settings.env import env

# "database" (SQLite FTS5 or PostgreSQL full text, whichever the database is) or "elasticsearch".
SEARCH_ENGINE = env.str("SEARCH_ENGINE", default="database")
ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", default="")
ELASTICSEARCH_INDEX_PREFIX = env.str("ELASTICSEARCH_INDEX_PREFIX", default="fitfoodie")
ELASTICSEARCH_TIMEOUT_SECONDS = env.float("ELASTICSEARCH_TIMEOUT_SECONDS", default=2.0)
# After a failure the database answers for this long before the engine is tried again.
SEARCH_RETRY_SECONDS = env.int("SEARCH_RETRY_SECONDS", default=30)
# How many searches one person may keep.
SAVED_SEARCHES_MAX = env.int("SAVED_SEARCHES_MAX", default=20)
