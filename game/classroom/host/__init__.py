"""The host's side of the class: the teacher's pages, and the whole hand of the facilitator."""
