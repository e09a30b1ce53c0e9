"""The phases of adjudication, one file each; `resolve` gives their order."""
