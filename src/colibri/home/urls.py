"""Addresses of the pages that join rooms."""

from django.urls import path

from colibri.home import views

app_name = "home"
urlpatterns = [
    path("", views.index, name="index"),
    path("me/", views.mine, name="mine"),
    path("c/<slug:slug>/", views.collective, name="collective"),
    path("c/<slug:slug>/feed.atom", views.AppealsFeed(), name="feed"),
    path("c/<slug:slug>/region/<slug:region>/feed.atom", views.AppealsFeed(), name="region_feed"),
    path("c/<slug:slug>/trade/<slug:family>/feed.atom", views.AppealsFeed(), name="trade_feed"),
    path("oembed/", views.oembed, name="oembed"),
    path("c/<slug:slug>/day/", views.day, name="day"),
    path("a/<slug:public_id>/reach/", views.reach, name="reach"),
]
