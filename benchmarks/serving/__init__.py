"""Clients and servers for `service.py`."""
