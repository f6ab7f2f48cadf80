-- The elements of text datapoints. Variable: taxonomy (path of taxonomy.csv).
select datapoint, element from read_csv(getvariable('taxonomy'), header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '') where "of" = 'text'
