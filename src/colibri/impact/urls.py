"""Addresses of what became of searches."""

from django.urls import path

from colibri.impact import views

app_name = "impact"
urlpatterns = [
    path("outcome/<str:token>/", views.answer, name="answer"),
    path("outcome/<str:token>/situation/", views.situation, name="situation"),
    path("c/<slug:slug>/figures/", views.figures, name="figures"),
    path("c/<slug:slug>/figures/method/", views.method, name="method"),
    path("c/<slug:slug>/outcomes/", views.dashboard, name="dashboard"),
    path("c/<slug:slug>/inclusion/", views.inclusion, name="inclusion"),
    path("c/<slug:slug>/report/<slug:period>/", views.report, name="report"),
    path("c/<slug:slug>/report/<slug:period>.<slug:form>", views.report, name="report_as"),
    path("c/<slug:slug>/figures/open.<str:form>", views.open_data, name="open_data"),
]
