"""Addresses of warning."""

app_name = "warning"
urlpatterns = []
