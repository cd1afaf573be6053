-- The tables of coachlog export in a ClickHouse cluster that is called company. Run this on each
-- server, then figures.sql. Rows are spread by logbook, so that all of one logbook is on one shard,
-- and queries need distributed_product_mode = 'local'. To load an export:
--   cat export/sessions/*/*/*.jsonl | clickhouse-client --query 'INSERT INTO sessions FORMAT JSONEachRow'
-- Before a logbook is loaded again, take its rows away, on each server:
--   ALTER TABLE sessions_here DELETE WHERE logbook = 'north-desk'

CREATE TABLE exports_here (
  logbook String, schema UInt32, version Nullable(String), exported Nullable(Date), readers Nullable(String), names UInt8, complete UInt8
) ENGINE = MergeTree() ORDER BY (logbook);
CREATE TABLE exports AS exports_here ENGINE = Distributed('company', 'default', 'exports_here', cityHash64(logbook));

CREATE TABLE people_here (
  logbook String, period String, person String, name Nullable(String), team Nullable(String), coach Nullable(String), days UInt32, coached UInt8,
  kept UInt32, due UInt32, forgotten UInt32, skills UInt32, skills_practised UInt32, shares_sessions UInt8, shares_commitment UInt8,
  shares_goals UInt8, shares_skills UInt8, shares_metrics UInt8, shares_open UInt8, shares_coaching UInt8, helpers_share UInt8, coaches_share UInt8
) ENGINE = MergeTree() PARTITION BY period ORDER BY (logbook, person);
CREATE TABLE people AS people_here ENGINE = Distributed('company', 'default', 'people_here', cityHash64(logbook));

CREATE TABLE rhythm_here (
  logbook String, period String, person String, coach Nullable(String), kept UInt32, due UInt32, forgotten UInt32
) ENGINE = MergeTree() PARTITION BY period ORDER BY (logbook, person);
CREATE TABLE rhythm AS rhythm_here ENGINE = Distributed('company', 'default', 'rhythm_here', cityHash64(logbook));

CREATE TABLE sessions_here (
  logbook String, period String, person String, session UInt32, date Nullable(Date), status String, kind String, coach Nullable(String),
  minutes UInt32, talk Nullable(UInt32), adopted UInt8, going_well UInt32, to_develop UInt32, words UInt32, next Nullable(Date)
) ENGINE = MergeTree() PARTITION BY period ORDER BY (logbook, person, session);
CREATE TABLE sessions AS sessions_here ENGINE = Distributed('company', 'default', 'sessions_here', cityHash64(logbook));

CREATE TABLE results_here (
  logbook String, period String, person String, action UInt32, goal UInt32, owner String, agreed Nullable(Date), agreed_coach Nullable(String),
  due Nullable(Date), came_due Nullable(Date), came_due_period Nullable(String), came_due_coach Nullable(String), followed_up Nullable(UInt8),
  result String, result_on Nullable(Date), result_period Nullable(String), result_coach Nullable(String), blocker Nullable(String), carried UInt32,
  skill UInt8, development Nullable(UInt8)
) ENGINE = MergeTree() PARTITION BY period ORDER BY (logbook, person, action);
CREATE TABLE results AS results_here ENGINE = Distributed('company', 'default', 'results_here', cityHash64(logbook));

CREATE TABLE goals_here (
  logbook String, period String, person String, goal UInt32, horizon Nullable(String), agreed Nullable(Date), due Nullable(Date),
  metric Nullable(String), proposed_by Nullable(String), changed UInt32
) ENGINE = MergeTree() PARTITION BY period ORDER BY (logbook, person, goal);
CREATE TABLE goals AS goals_here ENGINE = Distributed('company', 'default', 'goals_here', cityHash64(logbook));

CREATE TABLE verdicts_here (
  logbook String, period String, person String, goal UInt32, judged Nullable(Date), due Nullable(Date), coach Nullable(String), by_metric UInt8,
  outcome String, reached UInt8, support_missing UInt8, coachee_done Float64, coachee_of UInt32, others_done Float64, others_of UInt32,
  answered Nullable(Date), answered_period Nullable(String), told UInt8
) ENGINE = MergeTree() PARTITION BY period ORDER BY (logbook, person, goal);
CREATE TABLE verdicts AS verdicts_here ENGINE = Distributed('company', 'default', 'verdicts_here', cityHash64(logbook));

CREATE TABLE waits_here (
  logbook String, period String, person String, goal UInt32, since Nullable(Date), until Nullable(Date), until_period Nullable(String),
  coach Nullable(String), told UInt8
) ENGINE = MergeTree() PARTITION BY period ORDER BY (logbook, person, goal);
CREATE TABLE waits AS waits_here ENGINE = Distributed('company', 'default', 'waits_here', cityHash64(logbook));

CREATE TABLE metrics_here (
  logbook String, period String, person String, metric Nullable(String), date Nullable(Date), value Float64
) ENGINE = MergeTree() PARTITION BY period ORDER BY (logbook, person);
CREATE TABLE metrics AS metrics_here ENGINE = Distributed('company', 'default', 'metrics_here', cityHash64(logbook));
