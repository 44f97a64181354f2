"""What each role finds on its home page: one module a role, each with ``build(user)``."""
