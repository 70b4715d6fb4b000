package tonghop

// Sign is what the explanations typed in a workbook say of one sign: that "o"
// stands for "chưa đạt". It holds for that file alone.
type Sign struct {
	Text  string // folded
	Mark  Mark   // what it means; MarkNone where it stands for no result
	Empty Empty  // why there is no result
	At    Ref    // the cell that says so
	Also  Mark   // of a sign that the file explains in two ways, the other one: then nothing is decided
}
