"""Addresses of the paper checker."""

from django.urls import path

from . import views

app_name = "papers"
urlpatterns = [
    path("check/", views.check, name="check"),
    path("archive/", views.archived, name="archive"),
    path("archive/<int:pk>/remove", views.remove, name="remove"),
]
