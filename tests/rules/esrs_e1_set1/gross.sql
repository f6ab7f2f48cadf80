update activity set quantity = -quantity where activity_type = 'diesel.stationary';
