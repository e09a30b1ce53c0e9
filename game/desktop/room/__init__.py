"""The parts of the situation room, each made of what one seat may see."""
