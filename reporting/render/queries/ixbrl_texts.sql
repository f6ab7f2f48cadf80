-- The elements of text datapoints, with their dimensions. Variable: taxonomy (path of taxonomy.csv).
select datapoint, element, coalesce(dimensions, '') as dimensions from read_csv(getvariable('taxonomy'), header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '') where "of" = 'text'
