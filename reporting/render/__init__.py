"""From figures to documents: one disclosure view, then PDF, workbook, JSON and the rest."""
