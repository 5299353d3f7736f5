"""How allauth makes accounts here: not at all, since asking for a code does; and which addresses it takes."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest

__all__ = ["AccountAdapter"]


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """There is one door for everybody."""
        return False

    def clean_email(self, email: str) -> str:
        """No mail server takes a longer address (RFC 5321), and no row keeps one."""
        MaxLengthValidator(254)(email)
        return str(super().clean_email(email))
