"""The data-entry workbook: made with drop-downs, filled in by people, read back like any file, and given back with its bad cells marked."""
