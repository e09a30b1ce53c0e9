"""Long work, done in a process beside the window."""
