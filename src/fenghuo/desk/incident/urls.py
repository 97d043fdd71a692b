"""Addresses of incident."""

app_name = "incident"
urlpatterns = []
