"""Addresses of the journal."""

from django.urls import path

from . import views

app_name = "journal"
urlpatterns = [
    path("", views.listing, name="list"),
    path("verify/", views.verify, name="verify"),
    path("<int:seq>/", views.entry, name="entry"),
]
