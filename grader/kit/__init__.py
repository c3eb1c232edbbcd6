"""The kits that learners get: starters, public checks, recorded answers and hints."""
