"""Addresses of channel."""

app_name = "channel"
urlpatterns = []
