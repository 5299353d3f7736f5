"""The site's addresses with those of the feeds."""

from django.urls import include, path

from colibri.config.urls import urlpatterns as site

urlpatterns = [path("", include("colibri.federation.feed_urls")), *site]
