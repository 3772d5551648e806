"""How a model is reached: names, addresses, keys, servers that are found, other makers' libraries."""
