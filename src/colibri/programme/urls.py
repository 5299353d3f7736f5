"""Addresses of workshops and of people's calendars."""

from django.urls import path

from colibri.programme import views

app_name = "programme"
urlpatterns = [
    path("c/<slug:slug>/workshops/", views.workshops, name="workshops"),
    path("c/<slug:slug>/workshops/calendar.ics", views.calendar, name="calendar"),
    path("c/<slug:slug>/workshops/new/", views.propose, name="propose"),
    path("c/<slug:slug>/workshops/series/", views.series, name="series"),
    path("workshops/", views.my_workshops, name="my_workshops"),
    path("workshops/clocks/", views.clocks, name="clocks"),
    path("workshops/calendar/", views.renew_calendar, name="renew_calendar"),
    path("calendar/<slug:secret>.ics", views.my_calendar, name="my_calendar"),
    path("workshops/<slug:public_id>/", views.workshop, name="workshop"),
    path("workshops/<slug:public_id>/event.ics", views.event, name="event"),
    path("workshops/<slug:public_id>/place/", views.place, name="place"),
    path("workshops/<slug:public_id>/feedback/", views.feedback, name="feedback"),
    path("workshops/<slug:public_id>/change/", views.change, name="change"),
    path("workshops/<slug:public_id>/do/", views.decide, name="decide"),
    path("workshops/<slug:public_id>/people/", views.attendance, name="attendance"),
]
