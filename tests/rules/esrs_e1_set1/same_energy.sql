update energy_mix set mwh = mwh + 1 where evidence = 'instrument:US-2026-Q3-A';
