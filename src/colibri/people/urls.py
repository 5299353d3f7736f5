"""Addresses of people's own pages."""

from django.urls import path

from colibri.people import views

app_name = "people"
urlpatterns = [
    path("identities/", views.identities, name="identities"),
    path("identities/<int:identity>/disconnect/", views.disconnect, name="disconnect"),
    path("identities/door/", views.door, name="door"),
    path("identities/back/", views.back, name="back"),
    path("oauth/client.json", views.client_document, name="client_document"),
    path("consents/", views.consents, name="consents"),
    path("consents/<int:consent>/withdraw/", views.withdraw, name="withdraw"),
    path("name/", views.name, name="name"),
    path("hearing/", views.hearing, name="hearing"),
    path("hearing/kind/", views.notice, name="notice"),
    path("hearing/device/", views.device, name="device"),
    path("hearing/device/<int:device>/end/", views.end_device, name="end_device"),
    path("push.js", views.push_worker, name="push_worker"),
    path("site.webmanifest", views.manifest, name="manifest"),
    path("icon-<int:size>.png", views.icon_file, name="icon"),
    path("data/", views.data, name="data"),
    path("data/take/", views.take, name="take"),
    path("quiet/<str:token>/", views.quiet, name="quiet"),
    path("blocks/", views.blocks, name="blocks"),
    path("blocks/<int:block>/end/", views.end_block, name="end_block"),
    path("c/<slug:slug>/rules/", views.running, name="running"),
    path("c/<slug:slug>/animators/", views.animator, name="animator"),
    path("c/<slug:slug>/animators/<int:role>/end/", views.end_animating, name="end_animating"),
    path("demo/<str:token>/", views.demo, name="demo"),
]
