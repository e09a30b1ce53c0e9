"""The orders in the making."""
