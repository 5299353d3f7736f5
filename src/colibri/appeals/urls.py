"""Addresses of appeals and of the answers to them."""

from django.urls import path

from colibri.appeals import views

app_name = "appeals"
urlpatterns = [
    path("c/<slug:slug>/new/", views.new, name="new"),
    path("a/<slug:public_id>/", views.appeal, name="appeal"),
    path("a/<slug:public_id>/<slug:shape>.png", views.picture, name="picture"),
    path("a/<slug:public_id>/shared/", views.shared, name="shared"),
    path("a/<slug:public_id>/mine/", views.claim, name="claim"),
    path("a/<slug:public_id>/mine/message/", views.rewrite, name="rewrite"),
    path("a/<slug:public_id>/mine/change/", views.change, name="change"),
    path("a/<slug:public_id>/mine/end/<slug:ending>/", views.end, name="end"),
    path("a/<slug:public_id>/correct/", views.correct, name="correct"),
    path("api/read/", views.read, name="read"),
    path("answer/<str:token>/", views.verify, name="verify"),
    path("report/<str:token>/", views.report, name="report"),
]
