"""The profile of small models, with code around what they do badly.

They translate twice, write no queries before a search has failed, have their evidence chosen by
scores, think in English, and put their answer into Korean.
"""
