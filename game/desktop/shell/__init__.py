"""The window itself: its loop, its screens one over the other, its keys and its pointer."""
