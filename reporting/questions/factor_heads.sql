-- Every factor's id, with its set: what an id asked for is compared with.
select distinct set_id, factor_id from factor order by all
