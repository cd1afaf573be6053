-- The tables of coachlog export as DuckDB sees them, under the folder of an export or of many.
-- Run this, then figures.sql.
CREATE VIEW exports AS SELECT * FROM read_parquet('lake/exports/*/*.parquet', hive_partitioning = true, hive_types_autocast = false);
CREATE VIEW people AS SELECT * FROM read_parquet('lake/people/*/*/*.parquet', hive_partitioning = true, hive_types_autocast = false);
CREATE VIEW rhythm AS SELECT * FROM read_parquet('lake/rhythm/*/*/*.parquet', hive_partitioning = true, hive_types_autocast = false);
CREATE VIEW sessions AS SELECT * FROM read_parquet('lake/sessions/*/*/*.parquet', hive_partitioning = true, hive_types_autocast = false);
CREATE VIEW results AS SELECT * FROM read_parquet('lake/results/*/*/*.parquet', hive_partitioning = true, hive_types_autocast = false);
CREATE VIEW goals AS SELECT * FROM read_parquet('lake/goals/*/*/*.parquet', hive_partitioning = true, hive_types_autocast = false);
CREATE VIEW verdicts AS SELECT * FROM read_parquet('lake/verdicts/*/*/*.parquet', hive_partitioning = true, hive_types_autocast = false);
CREATE VIEW waits AS SELECT * FROM read_parquet('lake/waits/*/*/*.parquet', hive_partitioning = true, hive_types_autocast = false);
CREATE VIEW metrics AS SELECT * FROM read_parquet('lake/metrics/*/*/*.parquet', hive_partitioning = true, hive_types_autocast = false);
