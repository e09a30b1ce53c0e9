"""The class: real servers, real files, real browsers."""
