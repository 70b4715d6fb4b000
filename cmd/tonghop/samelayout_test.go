package main

// other ways to lay the same table out.
var layoutChanges = []change{}
