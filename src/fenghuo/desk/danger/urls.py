"""Addresses of danger."""

from django.urls import path

from . import views

app_name = "danger"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("import/", views.import_weather, name="import"),
    path("settings/", views.settings, name="settings"),
    path("<str:code>/", views.area, name="area"),
    path("<str:code>/card", views.card, name="card"),
]
