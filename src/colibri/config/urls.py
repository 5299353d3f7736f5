"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from colibri.people import views as people

urlpatterns = [
    # Nobody has a password here: operators too come in by a code or a passkey, with the limits these have.
    path("admin/login/", people.by_code, name="operators_login"),
    path("admin/", admin.site.urls),
    path("account/login/", people.by_code, name="account_login"),
    path("account/login/code/confirm/", people.confirm_code, name="account_confirm_login_code"),
    path("account/login/code/again/", people.another_address, name="another_address"),
    path("account/signup/", people.by_code, name="account_signup"),
    path("account/password/<path:rest>", people.by_code, name="account_without_password"),
    path("account/", include("allauth.urls")),
    path("language/", people.language, name="set_language"),
    path("", include("colibri.people.urls")),
    path("", include("colibri.relays.urls")),
    path("", include("colibri.federation.urls")),
    path("", include("colibri.federation.feed_urls")),
    path("", include("colibri.conversations.urls")),
    path("", include("colibri.showcase.urls")),
    path("", include("colibri.resumes.urls")),
    path("", include("colibri.programme.urls")),
    path("", include("colibri.causes.urls")),
    path("", include("colibri.impact.urls")),
    path("", include("colibri.helping.urls")),
    path("", include("colibri.home.urls")),
    path("", include("colibri.appeals.urls")),
]

handler400 = "colibri.people.views.bad_request"
handler429 = "colibri.people.views.too_many"
