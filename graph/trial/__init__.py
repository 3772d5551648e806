"""A trial: a dozen small tasks with known answers, which say what a chat model bears."""
