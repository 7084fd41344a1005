"""Practice data: invented people of the office and invented cases of an invented State. Nobody in it exists."""

from web.demo.loading import load

__all__ = ["load"]
