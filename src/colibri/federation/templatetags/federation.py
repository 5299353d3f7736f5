"""Small words templates use."""

from django import template

from colibri.federation.words import invitation_text

register = template.Library()
register.filter("invitation_text", invitation_text)
