"""What goes out: reminders, alerts by mail and push, escalation; the courier."""
