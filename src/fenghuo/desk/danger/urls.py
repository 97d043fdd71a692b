"""Addresses of danger."""

app_name = "danger"
urlpatterns = []
