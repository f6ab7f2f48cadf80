"""Importers: one module per publisher, each turning the publisher's own file into a factor set folder."""
