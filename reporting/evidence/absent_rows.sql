-- Rows of sources with a file that a pack leaves out, taken from the pack's own tables in the place of what could not be read.
-- Variables: paths (the files that are not there), and the Parquet file of each table.
create temp table absent_source as select distinct source_id from read_parquet(getvariable('source_file')) where list_contains(getvariable('paths'), path);
delete from source_file where source_id in (from absent_source);
delete from private_file where source_id in (from absent_source);
delete from source_column where source_id in (from absent_source);
delete from source_row where source_id in (from absent_source);
delete from rejected_row where source_id in (from absent_source);
delete from finding where source_id in (from absent_source);
insert into source_file from read_parquet(getvariable('source_file')) where source_id in (from absent_source);
insert into private_file from read_parquet(getvariable('private_file')) where source_id in (from absent_source);
insert into source_column from read_parquet(getvariable('source_column')) where source_id in (from absent_source);
insert into source_row from read_parquet(getvariable('source_row')) where source_id in (from absent_source);
insert into rejected_row from read_parquet(getvariable('rejected_row')) where source_id in (from absent_source);
insert into finding from read_parquet(getvariable('finding')) where source_id in (from absent_source);
