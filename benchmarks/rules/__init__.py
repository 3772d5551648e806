"""What each rule of the answering path is worth."""
