"""Is it well formed: every WTForms class, and the one adapter that lets JSON meet the same form."""
