"""Addresses of CVs."""

from django.urls import path

from colibri.resumes import views

app_name = "resumes"
urlpatterns = [
    path("cv/", views.resumes, name="resumes"),
    path("cv/<int:pk>/", views.resume, name="resume"),
    path("cv/<int:pk>/file/", views.download, name="download"),
    path("cv/<int:pk>/json/", views.document, name="document"),
    path("cv/<int:pk>/europass/", views.europass, name="europass"),
    path("cv/<int:pk>/do/", views.decide, name="decide"),
]
