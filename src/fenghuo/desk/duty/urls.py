"""Addresses of duty."""

from django.urls import path

from . import views

app_name = "duty"
urlpatterns = [
    path("", views.day, name="day"),
    path("roster/", views.roster, name="roster"),
    path("roster/copy/", views.copy_week, name="copy_week"),
    path("roster/shift/", views.shift, name="shift_new"),
    path("roster/shift/<int:pk>/", views.shift, name="shift"),
    path("roster/shift/<int:pk>/remove/", views.remove_shift, name="shift_remove"),
    path("log/", views.log, name="log"),
    path("log/<int:pk>/correct/", views.correct, name="correct"),
    path("handover/", views.handover, name="handover"),
    path("handover/<int:pk>/", views.handed_over, name="handed_over"),
    path("handover/<int:pk>/confirm/", views.take_over, name="take_over"),
]
