"""Claims: the table in which they are written, sourced and ruled on; the rows are those of casework."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "claims"
