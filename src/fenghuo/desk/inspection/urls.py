"""Addresses of inspection."""

app_name = "inspection"
urlpatterns = []
