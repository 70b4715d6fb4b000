package office

// Walls says what stands between LibreOffice and the machine. The profile of a
// call stands everywhere; these need the system's help.
type Walls struct {
	Network   bool   // it has no network
	Processes bool   // what it starts dies with it, whatever it does
	Files     bool   // it sees no files but its own and the system's
	Why       string // why not all of them, technical; "" if all stand
}
