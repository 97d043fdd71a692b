"""Addresses of summary."""

app_name = "summary"
urlpatterns = []
