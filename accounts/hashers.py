"""Argon2 sized for a small office server: 20 people signing in at once must not take 2 GB."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SmallArgon2PasswordHasher(Argon2PasswordHasher):
    """OWASP's small set: 19 MiB, two passes, one lane."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
