"""Understanding the text of queries and updates before anything runs: what they may do, need and mean."""
