"""The blocks that a protocol is made of: phases, their steps, and the prompts that a team answers.

The identity of each is its StreamField ``id``; a team's answers hang on it. ``anchor`` is the name under
which files and other prompts know it.
"""

from engagements.blocks.phases import Phases

__all__ = ["Phases"]
