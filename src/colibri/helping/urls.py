"""Addresses of giving and asking a hand."""

from django.urls import path

from colibri.helping import views

app_name = "helping"
urlpatterns = [
    path("c/<slug:slug>/help/give/", views.give, name="give"),
    path("c/<slug:slug>/help/ask/", views.ask, name="ask"),
    path("c/<slug:slug>/help/", views.faring, name="faring"),
    path("help/", views.mine, name="mine"),
    path("help/tap/<str:token>/", views.tap, name="tap"),
    path("help/here/<str:token>/", views.here, name="here"),
    path("help/<slug:public_id>/", views.request, name="request"),
    path("help/<slug:public_id>/mentorship/", views.mentorship, name="mentorship"),
    path("help/<slug:public_id>/do/", views.decide, name="decide"),
]
