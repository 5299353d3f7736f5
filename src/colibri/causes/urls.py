"""Addresses of causes."""

from django.urls import path

from colibri.causes import views

app_name = "causes"
urlpatterns = [
    path("c/<slug:slug>/causes/", views.causes, name="causes"),
    path("c/<slug:slug>/causes/new/", views.begin, name="begin"),
    path("causes/join/<str:token>/", views.join, name="join"),
    path("causes/<slug:public_id>/", views.cause, name="cause"),
    path("causes/<slug:public_id>/<slug:shape>.png", views.picture, name="picture"),
    path("causes/<slug:public_id>/group/", views.group, name="group"),
    path("causes/<slug:public_id>/write/", views.write, name="write"),
    path("causes/<slug:public_id>/changes/", views.changes, name="changes"),
    path("causes/<slug:public_id>/do/", views.decide, name="decide"),
]
