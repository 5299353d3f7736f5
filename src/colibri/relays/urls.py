"""Addresses of relays' pages and of the links in their mails."""

from django.urls import path

from colibri.relays import views

app_name = "relays"
urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/<int:boost>/", views.decide, name="decide"),
    path("tap/<str:token>/", views.tap, name="tap"),
    path("c/<slug:slug>/relay/", views.offer, name="offer"),
    path("c/<slug:slug>/relay/<int:identity>/leave/", views.leave, name="leave"),
]
