"""Addresses of what a collective shows."""

from django.urls import path

from colibri.showcase import views

app_name = "showcase"
urlpatterns = [
    path("c/<slug:slug>/read/", views.reading, name="reading"),
    path("c/<slug:slug>/read/feed.atom", views.ReadingFeed(), name="reading_feed"),
    path("c/<slug:slug>/desk/", views.desk, name="desk"),
    path("c/<slug:slug>/desk/<int:entry>/", views.choose, name="choose"),
    path("c/<slug:slug>/feeds/<int:feed>/leave/", views.unfollow, name="unfollow"),
    path("c/<slug:slug>/articles/new/", views.begin, name="begin"),
    path("articles/", views.articles, name="articles"),
    path("articles/<slug:public_id>/", views.article, name="article"),
    path("articles/<slug:public_id>/write/", views.write, name="write"),
    path("articles/<slug:public_id>/do/", views.decide, name="decide"),
    path("c/<slug:slug>/heard/", views.heard, name="heard"),
    path("c/<slug:slug>/heard/me/", views.being_ranked, name="being_ranked"),
    path("c/<slug:slug>/lists/", views.lists, name="lists"),
    path("c/<slug:slug>/lists/new/", views.new_list, name="new_list"),
    path("lists/", views.my_lists, name="my_lists"),
    path("lists/not-me/<str:token>/", views.stay_off, name="stay_off"),
    path("lists/<slug:public_id>/", views.list_page, name="list"),
    path("lists/<slug:public_id>/mastodon.csv", views.list_csv, name="list_csv"),
    path("lists/<slug:public_id>/blogs.opml", views.list_opml, name="list_opml"),
    path("lists/<slug:public_id>/write/", views.write_list, name="write_list"),
    path("lists/<slug:public_id>/do/", views.list_do, name="list_do"),
    path("lists/<slug:public_id>/people/<int:listed>/", views.listed_do, name="listed_do"),
    path("c/<slug:slug>/portraits/", views.portraits, name="portraits"),
    path("c/<slug:slug>/portraits/feed.atom", views.PortraitsFeed(), name="portraits_feed"),
    path("c/<slug:slug>/portraits/new/", views.begin_portrait, name="begin_portrait"),
    path("portraits/", views.my_portraits, name="my_portraits"),
    path("portraits/yours/<str:token>/", views.told, name="told"),
    path("portraits/yours/<str:token>/picture.jpg", views.told_picture, name="told_picture"),
    path("portraits/<slug:public_id>/", views.portrait, name="portrait"),
    path("portraits/<slug:public_id>/write/", views.write_portrait, name="write_portrait"),
    path("portraits/<slug:public_id>/do/", views.decide_portrait, name="decide_portrait"),
    path("portraits/<slug:public_id>/<slug:digest>/<slug:size>.jpg", views.picture, name="picture"),
]
