-- Every name by which an activity can be asked for: what a name that nobody knows is compared with.
select activity_id as name from activity union select activity_id from activity_row union select given_id from activity_row where given_id is not null order by name
