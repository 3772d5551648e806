"""The ledger: each document from new to parsed to embedded to ready."""
