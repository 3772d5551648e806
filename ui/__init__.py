"""How people reach it: the Chainlit chat and the command line."""
