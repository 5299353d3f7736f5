"""Addresses of workshops, of people's calendars, of programmes and skills."""

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
    path("c/<slug:slug>/programme/", views.programme, name="programme"),
    path("c/<slug:slug>/programme/organise/", views.organise, name="organise"),
    path("c/<slug:slug>/skills/", views.skills, name="skills"),
    path("c/<slug:slug>/skills/<int:ability>/forget/", views.forget_skill, name="forget_skill"),
    path("c/<slug:slug>/skills/likes/", views.likes, name="likes"),
    path("skills/skills.pdf", views.stock_pdf, name="stock_pdf"),
    path("skills/resume.json", views.resume, name="resume"),
    path("skills/table/", views.skill_table, name="skill_table"),
    path("c/<slug:slug>/training/", views.training, name="training"),
    path("c/<slug:slug>/training/table/", views.training_table, name="training_table"),
    path("c/<slug:slug>/partners/new/", views.new_partner, name="new_partner"),
    path("programmes/<slug:public_id>/steps/", views.steps, name="steps"),
    path("programmes/<slug:public_id>/cohorts/new/", views.new_cohort, name="new_cohort"),
    path("cohorts/<slug:public_id>/", views.cohort, name="cohort"),
    path("cohorts/<slug:public_id>/join/", views.join, name="join"),
    path("cohorts/<slug:public_id>/steps/<int:step>/", views.mark, name="mark"),
    path("cohorts/<slug:public_id>/change/", views.change_cohort, name="change_cohort"),
    path("cohorts/<slug:public_id>/turn/", views.turn, name="turn"),
    path("partners/<slug:public_id>/", views.partner, name="partner"),
    path("partners/<slug:public_id>/gifts/<int:gift>/forget/", views.forget_gift, name="forget_gift"),
]
