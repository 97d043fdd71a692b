"""Addresses of incidents."""

from django.urls import path

from . import views

app_name = "incident"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/follow-up/", views.follow_up, name="follow_up"),
    path("<int:pk>/final/", views.finish, name="finish"),
    path("reports/<int:pk>/file/", views.file, name="file"),
]
