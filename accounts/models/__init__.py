"""People who sign in, and what the office has given them."""

from accounts.models.person import User

__all__ = ["User"]
