update view set gwp_set = 'AR5' where view = 'operational_control';
