"""`make demo`: an invented town, people of every role, the desk and a worker on this machine."""
