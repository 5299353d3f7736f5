"""Addresses of conversations."""

from django.urls import path

from colibri.conversations import views

app_name = "conversations"
urlpatterns = [
    path("conversations/", views.conversations, name="conversations"),
    path("conversations/keys/", views.keys, name="keys"),
    path("conversations/keys/ways/", views.add_way, name="add_way"),
    path("conversations/keys/ways/<int:way>/remove/", views.remove_way, name="remove_way"),
    path("c/<slug:slug>/conversations/new/", views.ask, name="ask"),
    path("c/<slug:slug>/conversations/reports/", views.reports, name="reports"),
    path("c/<slug:slug>/conversations/reports/<int:report>/close/", views.close, name="close"),
    path("conversations/<slug:talk>/", views.conversation, name="conversation"),
    path("conversations/<slug:talk>/answer/", views.answer, name="answer"),
    path("conversations/<slug:talk>/do/", views.decide, name="decide"),
    path("conversations/<slug:talk>/messages/", views.messages, name="messages"),
    path("conversations/<slug:talk>/messages/<int:number>/erase/", views.erase, name="erase"),
    path("conversations/<slug:talk>/read/", views.read, name="read"),
    path("conversations/<slug:talk>/report/", views.report, name="report"),
    path("conversations/<slug:talk>/files/", views.files, name="files"),
    path("conversations/<slug:talk>/files/<slug:file>/", views.file, name="file"),
]
