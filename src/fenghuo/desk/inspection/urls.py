"""Addresses of inspection."""

from django.urls import path

from . import views

app_name = "inspection"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.new, name="new"),
    path("photos/<int:pk>.jpg", views.photo, name="photo"),
    path("<int:pk>/", views.hazard, name="hazard"),
    path("<int:pk>/plan/", views.plan, name="plan"),
    path("<int:pk>/rectify/", views.rectify, name="rectify"),
    path("<int:pk>/verify/", views.verify, name="verify"),
]
