"""`{% url %}` as Django's, which works an address out anew each time; ours puts references and keys into one that stands."""

import uuid
from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as plain_url
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape

from accounts.pages.addresses import address_of

register = template.Library()


class AddressNode(URLNode):
    """An address by its name, with references of cases and keys of rows; anything else is left to Django."""

    def render(self, context: Any) -> str:
        """Return the address, or keep it under the name that the tag gives; raises NoReverseMatch as Django does."""
        values = [value.resolve(context) for value in self.args]
        if self.kwargs or not all(isinstance(value, str | uuid.UUID) for value in values):
            return super().render(context)
        try:
            address = address_of(self.view_name.resolve(context), *values)
        except NoReverseMatch:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = address
            return ""
        return conditional_escape(address) if context.autoescape else address


@register.tag
def url(parser: Parser, token: Token) -> AddressNode:
    """Read the tag as Django does."""
    node = plain_url(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)
