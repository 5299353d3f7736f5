"""Addresses of what became of searches."""

from django.urls import path

from colibri.impact import views

app_name = "impact"
urlpatterns = [
    path("outcome/<str:token>/", views.answer, name="answer"),
    path("c/<slug:slug>/figures/open.<str:form>", views.open_data, name="open_data"),
]
