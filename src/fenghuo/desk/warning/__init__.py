"""Draft, approve, issue, update, cancel; deliveries, acknowledgements, escalation."""
