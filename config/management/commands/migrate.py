"""Django's migrate, as the role that owns the tables."""

from typing import Any

from django.conf import settings
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections

from config.grants import grant


class Command(DjangoMigrate):
    help = "Change the tables to this version, as AMPARO_OWNER_DATABASE_URL where it is set, and grant the site its rights."

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, and give the application's role no more than it needs."""
        connection = connections[options["database"]]
        before = dict(connection.settings_dict)
        if settings.OWNER_DATABASE is not None:
            connection.close()
            owner = settings.OWNER_DATABASE
            connection.settings_dict.update({name: owner[name] for name in ("USER", "PASSWORD", "HOST", "PORT")})
        try:
            super().handle(*args, **options)
            if settings.OWNER_DATABASE is not None and before["USER"] != settings.OWNER_DATABASE["USER"]:
                grant(connection, role=before["USER"])
        finally:
            if settings.OWNER_DATABASE is not None:
                connection.close()
                connection.settings_dict.update(before)
