"""Where Bluesky's servers ask, and where a relay agrees to be named."""

from django.urls import path

from colibri.federation.feeds import views

app_name = "feeds"

urlpatterns = [
    path(".well-known/did.json", views.did_document, name="did_document"),
    path("xrpc/app.bsky.feed.describeFeedGenerator", views.describe, name="describe"),
    path("xrpc/app.bsky.feed.getFeedSkeleton", views.skeleton, name="skeleton"),
    path("c/<slug:slug>/listed/", views.listing, name="listing"),
]
