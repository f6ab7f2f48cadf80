update view set approach = 'equity_share' where view = 'operational_control';
