"""A class around one teacher's machine: team pages for browsers, the host's page, the projector."""
