-- Airports with an IATA code, the city codes that stand for several of them, and the countries of ISO 3166-1, from the files of the libraries.
insert into airport
select iata, name, country, cast(lat as decimal(9,6)), cast(lon as decimal(9,6)), getvariable('airports_citation') || ', ' || icao
from read_csv(getvariable('airports'), header = true, all_varchar = true, delim = ',', quote = '"', escape = '"') where iata <> '';

insert into airport_city
select "City Code", string_agg("Airport Code", ', ' order by "Airport Code")
from read_csv(getvariable('airport_cities'), header = true, all_varchar = true, delim = ',', quote = '"', escape = '"') group by all having count(*) > 1;

insert into country
select entry.alpha_2, entry.alpha_3, list_distinct(list_filter([lower(entry.alpha_2), lower(entry.alpha_3), lower(entry.name), lower(entry.common_name), lower(entry.official_name)], lambda n: n is not null)),
    getvariable('countries_citation')
from (select unnest("3166-1") as entry from read_json(getvariable('countries'), columns = {'3166-1':
    'struct(alpha_2 varchar, alpha_3 varchar, "name" varchar, common_name varchar, official_name varchar)[]'}));
