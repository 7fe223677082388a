"""Optional extractors: what they propose, and the guards that decide which proposals are facts.

This room does not know the rules. What it must ask of a text stands in `hearing`; the pipeline brings the answers.
"""

from graph.proposals.acceptance import accept
from graph.proposals.opening import Choice, EndpointChoice, SpacyChoice, open_proposer
from graph.proposals.proposing import REASONS, Proposal, Proposer, Reason, Verdict

__all__ = [
    "REASONS",
    "Choice",
    "EndpointChoice",
    "Proposal",
    "Proposer",
    "Reason",
    "SpacyChoice",
    "Verdict",
    "accept",
    "open_proposer",
]
