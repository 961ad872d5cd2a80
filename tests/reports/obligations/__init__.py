"""These tests hold what a clinic owes to those outside: forms, clocks, an inspection."""
