-- coachlog's own figures, by quarter, from the tables of coachlog export (docs/export.md). The same
-- text runs in DuckDB and in ClickHouse, after duckdb.sql or clickhouse.sql has made the tables.
-- docs/figures.md says what each figure means.

-- What each figure counts of one person in one quarter, as report --logbook adds it up: part of
-- whole. Only people who let the readers see a figure are in it. left_out is 1 where something is
-- left out because somebody else, who answers for it too, doesn't share it.
CREATE VIEW person_figures AS
SELECT logbook, period AS quarter, person, 'sessions_held' AS figure,
  SUM(CASE WHEN status = 'held' AND kind NOT IN ('ad-hoc', 'requested', 'peer') THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole, 0 AS left_out
FROM sessions
WHERE (logbook, period, person) IN (SELECT logbook, period, person FROM people WHERE coached AND shares_sessions)
GROUP BY logbook, period, person
UNION ALL
SELECT logbook, period AS quarter, person, 'talks' AS figure,
  SUM(CASE WHEN status = 'held' AND kind IN ('ad-hoc', 'requested', 'peer') THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole, 0 AS left_out
FROM sessions
WHERE (logbook, period, person) IN (SELECT logbook, period, person FROM people WHERE coached AND shares_sessions)
GROUP BY logbook, period, person
UNION ALL
SELECT logbook, period AS quarter, person, 'sessions_missed' AS figure,
  SUM(CASE WHEN status = 'missed' THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole, 0 AS left_out
FROM sessions
WHERE (logbook, period, person) IN (SELECT logbook, period, person FROM people WHERE coached AND shares_sessions)
GROUP BY logbook, period, person
UNION ALL
SELECT logbook, period AS quarter, person, 'sessions_cancelled' AS figure,
  SUM(CASE WHEN status = 'cancelled' THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole, 0 AS left_out
FROM sessions
WHERE (logbook, period, person) IN (SELECT logbook, period, person FROM people WHERE coached AND shares_sessions)
GROUP BY logbook, period, person
UNION ALL
SELECT logbook, period AS quarter, person, 'minutes' AS figure,
  SUM(CASE WHEN status = 'held' THEN minutes ELSE 0 END) AS part, COUNT(*) AS whole, 0 AS left_out
FROM sessions
WHERE (logbook, period, person) IN (SELECT logbook, period, person FROM people WHERE coached AND shares_sessions)
GROUP BY logbook, period, person
UNION ALL
SELECT logbook, period AS quarter, person, 'talk' AS figure, SUM(COALESCE(talk, 0)) AS part, 100 * COUNT(*) AS whole, 0 AS left_out
FROM sessions
WHERE status = 'held' AND talk IS NOT NULL AND (logbook, period, person) IN (SELECT logbook, period, person FROM people WHERE coached AND shares_sessions)
GROUP BY logbook, period, person
UNION ALL
SELECT logbook, quarter, person, 'met' AS figure, MAX(met) AS part, 1 AS whole, 0 AS left_out
FROM (
  SELECT logbook, period AS quarter, person, 0 AS met FROM people WHERE coached AND shares_sessions
  UNION ALL
  SELECT logbook, period AS quarter, person, 1 AS met FROM sessions
  WHERE status = 'held' AND (logbook, period, person) IN (SELECT logbook, period, person FROM people WHERE coached AND shares_sessions)
) AS everybody
GROUP BY logbook, quarter, person
UNION ALL
SELECT logbook, quarter, person, 'minutes_each' AS figure, SUM(minutes) AS part, SUM(days) AS whole, 0 AS left_out
FROM (
  SELECT logbook, period AS quarter, person, 0 AS minutes, days FROM people WHERE coached AND shares_sessions
  UNION ALL
  SELECT logbook, period AS quarter, person, minutes, 0 AS days FROM sessions
  WHERE status = 'held' AND (logbook, period, person) IN (SELECT logbook, period, person FROM people WHERE coached AND shares_sessions)
) AS everybody
GROUP BY logbook, quarter, person
UNION ALL
SELECT logbook, period AS quarter, person, 'cadence' AS figure, kept AS part, due AS whole, 0 AS left_out
FROM people
WHERE coached AND shares_sessions
UNION ALL
SELECT logbook, quarter, person, 'sessions_forgotten' AS figure, SUM(forgotten) AS part, SUM(logs) + SUM(forgotten) AS whole, 0 AS left_out
FROM (
  SELECT logbook, period AS quarter, person, forgotten, 0 AS logs FROM people WHERE coached AND shares_sessions
  UNION ALL
  SELECT logbook, period AS quarter, person, 0 AS forgotten, 1 AS logs FROM sessions
  WHERE (logbook, period, person) IN (SELECT logbook, period, person FROM people WHERE coached AND shares_sessions)
) AS everybody
GROUP BY logbook, quarter, person
UNION ALL
SELECT logbook, COALESCE(result_period, '') AS quarter, person, 'commitment' AS figure,
  SUM(CASE WHEN result = 'done' THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole, 0 AS left_out
FROM results
WHERE owner = person AND result IN ('done', 'partly', 'not done')
  AND (logbook, COALESCE(result_period, ''), person) IN (SELECT logbook, period, person FROM people WHERE coached AND shares_commitment)
GROUP BY logbook, COALESCE(result_period, ''), person
UNION ALL
SELECT logbook, COALESCE(result_period, '') AS quarter, person, 'employer' AS figure,
  SUM(CASE WHEN result = 'done' THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole, 0 AS left_out
FROM results
WHERE owner <> person AND result IN ('done', 'partly', 'not done')
  AND (logbook, COALESCE(result_period, ''), person) IN (SELECT logbook, period, person FROM people WHERE coached AND shares_commitment AND helpers_share)
GROUP BY logbook, COALESCE(result_period, ''), person
UNION ALL
SELECT logbook, period AS quarter, person, 'employer' AS figure, 0 AS part, 0 AS whole, 1 AS left_out
FROM people
WHERE coached AND shares_commitment AND NOT helpers_share
UNION ALL
SELECT logbook, COALESCE(came_due_period, '') AS quarter, person, 'follow_up' AS figure,
  SUM(CASE WHEN followed_up THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole, 0 AS left_out
FROM results
WHERE (logbook, COALESCE(came_due_period, ''), person) IN (SELECT logbook, period, person FROM people WHERE coached AND shares_commitment AND coaches_share)
GROUP BY logbook, COALESCE(came_due_period, ''), person
UNION ALL
SELECT logbook, period AS quarter, person, 'follow_up' AS figure, 0 AS part, 0 AS whole, 1 AS left_out
FROM people
WHERE coached AND shares_commitment AND NOT coaches_share
UNION ALL
SELECT logbook, period AS quarter, person, 'goals_reached' AS figure,
  SUM(CASE WHEN outcome IN ('plan worked', 'another way') THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole, 0 AS left_out
FROM verdicts
WHERE (logbook, period, person) IN (SELECT logbook, period, person FROM people WHERE coached AND shares_goals)
GROUP BY logbook, period, person
UNION ALL
SELECT logbook, period AS quarter, person, 'plan_success' AS figure,
  SUM(CASE WHEN told AND outcome = 'plan worked' THEN 1 ELSE 0 END) AS part,
  SUM(CASE WHEN told AND outcome IN ('plan worked', 'plan fell short') THEN 1 ELSE 0 END) AS whole, MAX(CASE WHEN told THEN 0 ELSE 1 END) AS left_out
FROM verdicts
WHERE (logbook, period, person) IN (SELECT logbook, period, person FROM people WHERE coached AND shares_goals)
GROUP BY logbook, period, person
UNION ALL
SELECT logbook, period AS quarter, person, 'plans_changed' AS figure,
  SUM(CASE WHEN told AND outcome = 'plan fell short' AND COALESCE(answered_period, '9999') <= period THEN 1 ELSE 0 END) AS part,
  SUM(CASE WHEN told AND outcome = 'plan fell short' THEN 1 ELSE 0 END) AS whole, MAX(CASE WHEN told THEN 0 ELSE 1 END) AS left_out
FROM verdicts
WHERE (logbook, period, person) IN (SELECT logbook, period, person FROM people WHERE coached AND shares_goals AND shares_open)
GROUP BY logbook, period, person
UNION ALL
SELECT logbook, period AS quarter, person, 'skills_practised' AS figure, skills_practised AS part, skills AS whole, 0 AS left_out
FROM people
WHERE coached AND shares_skills;

-- The figures of each logbook, as report --logbook shows them: none about fewer than five people.
CREATE VIEW logbook_figures AS
SELECT logbook, quarter, figure, parts AS part, wholes AS whole, people
FROM (
  SELECT logbook, quarter, figure, SUM(part) AS parts, SUM(whole) AS wholes, SUM(CASE WHEN whole > 0 THEN 1 ELSE 0 END) AS people, SUM(left_out) AS others
  FROM (SELECT logbook, quarter, figure, part, whole, left_out FROM person_figures) AS each_person
  GROUP BY logbook, quarter, figure
) AS added
WHERE people >= 5
  AND (figure NOT IN ('plan_success', 'plans_changed') OR others = 0 OR others >= 5)
  AND (figure <> 'met' OR ((parts = 0 OR parts >= 5) AND (parts = wholes OR parts + 5 <= wholes)));

-- The same of all logbooks together. Small groups are decided over the whole.
CREATE VIEW company_figures AS
SELECT quarter, figure, parts AS part, wholes AS whole, people
FROM (
  SELECT quarter, figure, SUM(part) AS parts, SUM(whole) AS wholes, SUM(CASE WHEN whole > 0 THEN 1 ELSE 0 END) AS people, SUM(left_out) AS others
  FROM (SELECT quarter, figure, part, whole, left_out FROM person_figures) AS each_person
  GROUP BY quarter, figure
) AS added
WHERE people >= 5
  AND (figure NOT IN ('plan_success', 'plans_changed') OR others = 0 OR others >= 5)
  AND (figure <> 'met' OR ((parts = 0 OR parts >= 5) AND (parts = wholes OR parts + 5 <= wholes)));

-- The same of each team, as report --team NAME shows them.
CREATE VIEW team_figures AS
SELECT logbook, quarter, team, figure, parts AS part, wholes AS whole, people
FROM (
  SELECT logbook, quarter, team, figure, SUM(part) AS parts, SUM(whole) AS wholes, SUM(CASE WHEN whole > 0 THEN 1 ELSE 0 END) AS people, SUM(left_out) AS others
  FROM (SELECT logbook, quarter, person, figure, part, whole, left_out FROM person_figures) AS each_person
  INNER JOIN (SELECT logbook, period AS quarter, person, team FROM people WHERE team IS NOT NULL) AS teams USING (logbook, quarter, person)
  GROUP BY logbook, quarter, team, figure
) AS added
WHERE people >= 5
  AND (figure NOT IN ('plan_success', 'plans_changed') OR others = 0 OR others >= 5)
  AND (figure <> 'met' OR ((parts = 0 OR parts >= 5) AND (parts = wholes OR parts + 5 <= wholes)));

-- The verdicts of each logbook, as report --logbook counts them.
CREATE VIEW logbook_verdicts AS
SELECT logbook, quarter, plan_worked, plan_fell_short, reached_another_way, follow_through_first, support_missing, goals, waiting
FROM (
  SELECT logbook, quarter, SUM(worked) AS plan_worked, SUM(fell_short) AS plan_fell_short, SUM(another_way) AS reached_another_way, SUM(first) AS follow_through_first,
    SUM(support) AS support_missing, SUM(judged_goals) AS goals, SUM(waiting) AS waiting, SUM(CASE WHEN judged_goals > 0 THEN 1 ELSE 0 END) AS people, SUM(left_out) AS others
  FROM (
    SELECT logbook, quarter, person, SUM(worked) AS worked, SUM(fell_short) AS fell_short, SUM(another_way) AS another_way, SUM(first) AS first,
      SUM(support) AS support, SUM(judged) AS judged_goals, SUM(waiting) AS waiting, MAX(left_out) AS left_out
    FROM (
      SELECT logbook, period AS quarter, person, goal,
        SUM(CASE WHEN told AND outcome = 'plan worked' THEN 1 ELSE 0 END) AS worked, SUM(CASE WHEN told AND outcome = 'plan fell short' THEN 1 ELSE 0 END) AS fell_short,
        SUM(CASE WHEN told AND outcome = 'another way' THEN 1 ELSE 0 END) AS another_way, SUM(CASE WHEN told AND outcome = 'follow-through first' THEN 1 ELSE 0 END) AS first,
        SUM(CASE WHEN told AND support_missing THEN 1 ELSE 0 END) AS support, MAX(CASE WHEN told THEN 1 ELSE 0 END) AS judged, 0 AS waiting, MAX(CASE WHEN told THEN 0 ELSE 1 END) AS left_out
      FROM verdicts
      WHERE (logbook, period, person) IN (SELECT logbook, period, person FROM people WHERE coached AND shares_goals)
      GROUP BY logbook, period, person, goal
      UNION ALL
      SELECT logbook, period AS quarter, person, goal, 0 AS worked, 0 AS fell_short, 0 AS another_way, 0 AS first, 0 AS support, 0 AS judged, COUNT(*) AS waiting, 0 AS left_out
      FROM waits
      WHERE told AND COALESCE(until_period, '9999') > period
        AND (logbook, period, person) IN (SELECT logbook, period, person FROM people WHERE coached AND shares_goals)
      GROUP BY logbook, period, person, goal
    ) AS each_goal
    GROUP BY logbook, quarter, person
  ) AS each_person
  GROUP BY logbook, quarter
) AS added
WHERE people >= 5 AND (others = 0 OR others >= 5);

-- The work of each coach, as report --coach shows it to the coach: over everybody, whatever they
-- share. It is for the coach, and for those who may read the logbook.
CREATE VIEW coach_figures AS
SELECT logbook, period AS quarter, COALESCE(coach, '') AS led_by, 'sessions_held' AS figure,
  SUM(CASE WHEN status = 'held' AND kind NOT IN ('ad-hoc', 'requested', 'peer') THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole
FROM sessions WHERE coach IS NOT NULL GROUP BY logbook, period, COALESCE(coach, '')
UNION ALL
SELECT logbook, period AS quarter, COALESCE(coach, '') AS led_by, 'talks' AS figure,
  SUM(CASE WHEN status = 'held' AND kind IN ('ad-hoc', 'requested', 'peer') THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole
FROM sessions WHERE coach IS NOT NULL GROUP BY logbook, period, COALESCE(coach, '')
UNION ALL
SELECT logbook, period AS quarter, COALESCE(coach, '') AS led_by, 'sessions_missed' AS figure, SUM(CASE WHEN status = 'missed' THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole
FROM sessions WHERE coach IS NOT NULL GROUP BY logbook, period, COALESCE(coach, '')
UNION ALL
SELECT logbook, period AS quarter, COALESCE(coach, '') AS led_by, 'sessions_cancelled' AS figure, SUM(CASE WHEN status = 'cancelled' THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole
FROM sessions WHERE coach IS NOT NULL GROUP BY logbook, period, COALESCE(coach, '')
UNION ALL
SELECT logbook, period AS quarter, COALESCE(coach, '') AS led_by, 'minutes' AS figure, SUM(CASE WHEN status = 'held' THEN minutes ELSE 0 END) AS part, COUNT(*) AS whole
FROM sessions WHERE coach IS NOT NULL GROUP BY logbook, period, COALESCE(coach, '')
UNION ALL
SELECT logbook, period AS quarter, COALESCE(coach, '') AS led_by, 'talk' AS figure, SUM(COALESCE(talk, 0)) AS part, 100 * COUNT(*) AS whole
FROM sessions WHERE coach IS NOT NULL AND status = 'held' AND talk IS NOT NULL GROUP BY logbook, period, COALESCE(coach, '')
UNION ALL
SELECT logbook, period AS quarter, COALESCE(coach, '') AS led_by, 'proactive' AS figure, SUM(CASE WHEN kind NOT IN ('ad-hoc', 'requested') THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole
FROM sessions WHERE coach IS NOT NULL AND status = 'held' GROUP BY logbook, period, COALESCE(coach, '')
UNION ALL
SELECT logbook, period AS quarter, COALESCE(coach, '') AS led_by, 'balance' AS figure, SUM(going_well) AS part, SUM(going_well) + SUM(to_develop) AS whole
FROM sessions WHERE coach IS NOT NULL AND status = 'held' GROUP BY logbook, period, COALESCE(coach, '')
UNION ALL
SELECT logbook, period AS quarter, COALESCE(coach, '') AS led_by, 'cadence' AS figure, SUM(kept) AS part, SUM(due) AS whole
FROM rhythm GROUP BY logbook, period, COALESCE(coach, '')
UNION ALL
SELECT logbook, period AS quarter, COALESCE(coach, '') AS led_by, 'sessions_forgotten' AS figure, SUM(forgotten) AS part, SUM(forgotten) AS whole
FROM rhythm GROUP BY logbook, period, COALESCE(coach, '')
UNION ALL
SELECT logbook, COALESCE(result_period, '') AS quarter, COALESCE(owner, '') AS led_by, 'own_actions' AS figure, SUM(CASE WHEN result = 'done' THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole
FROM results WHERE result IN ('done', 'partly', 'not done') GROUP BY logbook, COALESCE(result_period, ''), COALESCE(owner, '')
UNION ALL
SELECT logbook, COALESCE(result_period, '') AS quarter, COALESCE(result_coach, '') AS led_by, 'employer' AS figure, SUM(CASE WHEN result = 'done' THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole
FROM results WHERE owner <> person AND result_coach IS NOT NULL AND result IN ('done', 'partly', 'not done')
GROUP BY logbook, COALESCE(result_period, ''), COALESCE(result_coach, '')
UNION ALL
SELECT logbook, COALESCE(came_due_period, '') AS quarter, COALESCE(came_due_coach, '') AS led_by, 'follow_up' AS figure, SUM(CASE WHEN followed_up THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole
FROM results WHERE came_due_coach IS NOT NULL GROUP BY logbook, COALESCE(came_due_period, ''), COALESCE(came_due_coach, '')
UNION ALL
SELECT logbook, period AS quarter, COALESCE(agreed_coach, '') AS led_by, 'development' AS figure, SUM(CASE WHEN development THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole
FROM results WHERE agreed_coach IS NOT NULL AND development IS NOT NULL GROUP BY logbook, period, COALESCE(agreed_coach, '')
UNION ALL
SELECT logbook, period AS quarter, COALESCE(coach, '') AS led_by, 'plan_success' AS figure, SUM(CASE WHEN outcome = 'plan worked' THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole
FROM verdicts WHERE coach IS NOT NULL AND outcome IN ('plan worked', 'plan fell short') GROUP BY logbook, period, COALESCE(coach, '')
UNION ALL
SELECT logbook, period AS quarter, COALESCE(coach, '') AS led_by, 'plans_changed' AS figure,
  SUM(CASE WHEN COALESCE(answered_period, '9999') <= period THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole
FROM verdicts WHERE coach IS NOT NULL AND outcome = 'plan fell short' GROUP BY logbook, period, COALESCE(coach, '')
UNION ALL
SELECT logbook, period AS quarter, COALESCE(coach, '') AS led_by, 'metrics' AS figure, SUM(CASE WHEN reached THEN 1 ELSE 0 END) AS part, COUNT(*) AS whole
FROM verdicts WHERE coach IS NOT NULL AND by_metric GROUP BY logbook, period, COALESCE(coach, '');
