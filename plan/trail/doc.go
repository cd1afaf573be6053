// Package trail reads the commits of a logbook: what happened to people, goals and
// actions, and what was changed after it had been agreed. It is told what the
// commits say, and works out the rest from both sides of each change, never from
// messages: commits that somebody made with git alone count as much.
package trail
