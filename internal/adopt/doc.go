// Package adopt says which notes that were never written for coachlog can be taken
// in as logs, and as whose and of which day. It takes only what a note says for
// certain: people whom the logbook knows, and days that can be read in one way. For
// every other note it says what is missing. It does no input or output.
package adopt
