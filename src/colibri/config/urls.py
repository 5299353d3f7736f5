"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from colibri.people import views as people

urlpatterns = [
    path("admin/", admin.site.urls),
    # Nobody has a password here, except operators, on the administration's own page.
    path("account/login/", people.by_code, name="account_login"),
    path("account/password/<path:rest>", people.by_code, name="account_without_password"),
    path("account/", include("allauth.urls")),
    path("language/", people.language, name="set_language"),
    path("", include("colibri.people.urls")),
    path("", include("colibri.relays.urls")),
    path("", include("colibri.federation.urls")),
    path("", include("colibri.federation.feed_urls")),
    path("", include("colibri.home.urls")),
    path("", include("colibri.appeals.urls")),
]

handler429 = "colibri.people.views.too_many"
