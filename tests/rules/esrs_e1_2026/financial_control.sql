update view set approach = 'operational_control' where view = 'financial_control';
