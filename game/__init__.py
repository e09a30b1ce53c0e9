"""Restoring Deterrence: the escalation cycle of 2019 and 2020 as a game that can be measured."""

__version__ = "0.1.0"
