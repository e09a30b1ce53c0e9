"""The widgets: boxes, texts, what is pressed, what takes a value, tables and charts."""
