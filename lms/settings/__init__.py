"""Settings: ``base`` for all, then one of ``development``, ``test`` and ``production`` on top of it.

Everything that differs between machines comes from environment variables; ``.env.example`` names each.
"""
