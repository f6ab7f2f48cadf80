update period set starts = date '2026-01-01', ends = date '2027-01-01' where period = '2026-Q3';
