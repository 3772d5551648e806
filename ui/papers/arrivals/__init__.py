"""What arrives: uploads, addresses and papers to be indexed again, in the queue that indexes them."""
