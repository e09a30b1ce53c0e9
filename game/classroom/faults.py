"""What keeps a class from being held, or a request from being done: told in a sentence."""


class ClassroomFault(Exception):
    """Its text says what is wrong and what to do."""


class Refused(Exception):
    """A request that is not done; its text is a sentence for whoever made it."""
