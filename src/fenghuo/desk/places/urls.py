"""Addresses of places."""

from django.urls import path

from . import views

app_name = "places"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:pk>/elevation/", views.elevation, name="elevation"),
    path("import/", views.import_sites, name="import"),
    path("import/template.csv", views.template, name="template"),
    path("import/elevations.csv", views.elevations_template, name="elevations_template"),
]
