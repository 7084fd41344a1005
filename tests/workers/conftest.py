"""Sites with a file queue and with a real Redis."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workers.real import Site, a_redis, a_site, refused


@pytest.fixture
def file_site(tmp_path: Path) -> Iterator[Site]:
    """A site as it runs on a laptop: its queue is a folder."""
    with a_site(tmp_path) as site:
        yield site


@pytest.fixture
def redis_site(tmp_path: Path) -> Iterator[Site]:
    """A site as it runs on a server: its queue is a real Redis."""
    with a_redis(tmp_path) as address, a_site(tmp_path, redis=address) as site:
        yield site
        assert refused(address) == [], "what the site did in Redis and may not, by the lines of tools/server_secrets.py"
