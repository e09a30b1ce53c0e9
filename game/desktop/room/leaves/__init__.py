"""What lies on the desk beside the orders."""
