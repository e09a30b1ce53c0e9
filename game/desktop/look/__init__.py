"""How everything looks: colours, letters, drawings, and the frame that widgets are drawn in."""
