"""Addresses other servers ask."""

from django.urls import path

from colibri.federation import views

app_name = "federation"
urlpatterns = [
    path("c/<slug:slug>/sources/", views.sources, name="sources"),
    path("c/<slug:slug>/sources/<int:source>/remove/", views.remove, name="remove_source"),
    path("c/<slug:slug>/followed/<int:following>/end/", views.unfollow, name="unfollow"),
    path("c/<slug:slug>/invitations/<int:invitation>/", views.invited, name="invited"),
    path("c/<slug:slug>/reports/<int:report>/", views.reported, name="reported"),
    path(".well-known/webfinger", views.webfinger, name="webfinger"),
    path(".well-known/host-meta", views.host_meta, name="host_meta"),
    path(".well-known/nodeinfo", views.nodeinfo_links, name="nodeinfo_links"),
    path("nodeinfo/2.1", views.nodeinfo, name="nodeinfo"),
    path("inbox", views.shared_inbox, name="shared_inbox"),
    path("actors/<slug:slug>", views.actor, name="actor"),
    path("actors/<slug:slug>/inbox", views.inbox, name="inbox"),
    path("actors/<slug:slug>/outbox", views.outbox, name="outbox"),
    path("actors/<slug:slug>/followers", views.followers, name="followers"),
    path("actors/<slug:slug>/notes/<str:key>", views.note, name="note"),
    path("actors/<slug:slug>/activities/<str:key>", views.activity, name="activity"),
]
