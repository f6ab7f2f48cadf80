-- rule: intake/column-required
-- severity: error
-- stage: 21
-- fix: export the file with this column; the page of the connector in docs/formats says which it needs
-- citation: docs/formats/README.md
select source_id, file_no, 1 as row_no, 'column:' || names as subject, 'both' as basis, 'column ' || names || ' is not in the file; ' || connector || ' needs it' as message from refused_file
