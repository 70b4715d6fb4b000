package office

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// setting is one value of LibreOffice's configuration.
type setting struct{ path, name, value string }

// settings is what the profile of every call says. Names that an installation
// does not know, because it is older or lacks a module, are passed over by it.
var settings = []setting{
	// No macro runs, whoever signed it and wherever it lies.
	{"/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"},
	{"/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"},
	{"/org.openoffice.Office.Common/Security/Scripting", "OfficeBasic", "0"},
	{"/org.openoffice.Office.Common/Security/Scripting", "ExecutePlugins", "false"},
	{"/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"},
	{"/org.openoffice.Office.Common/Security/Scripting", "DisableOLEAutomation", "true"},
	{"/org.openoffice.Office.Calc/Filter/Import/VBA", "Load", "false"},
	{"/org.openoffice.Office.Calc/Filter/Import/VBA", "Executable", "false"},
	{"/org.openoffice.Office.Calc/Filter/Import/VBA", "Save", "false"},
	// No link is followed: 1 is "never".
	{"/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"},
	{"/org.openoffice.Office.Calc/Content/Update", "Link", "1"},
	// What a formula came to in Excel stays: 1 is "never recalculate".
	{"/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", "1"},
	{"/org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode", "1"},
	// A proxy that is not there, for what asks for the network all the same.
	{"/org.openoffice.Inet/Settings", "ooInetProxyType", "2"},
	{"/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"},
	{"/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"},
	{"/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"},
	{"/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"},
	// Nothing is offered, looked up, kept or reported.
	{"/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments", "AutoCheckEnabled", "false"},
	{"/org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"},
	{"/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"},
	{"/org.openoffice.Office.Common/Load", "ShowOfficeUpdateDialog", "false"},
	{"/org.openoffice.Office.Common/Save/Document", "GenerateThumbnail", "false"},
	{"/org.openoffice.Office.Common/Save/Document", "LoadPrinter", "false"},
	{"/org.openoffice.Office.Common/Misc", "FirstRun", "false"},
	{"/org.openoffice.Office.Common/Misc", "CrashReport", "false"},
	{"/org.openoffice.Office.Common/Misc", "ShowTipOfTheDay", "false"},
	{"/org.openoffice.Office.Common/Misc", "UseOpenCL", "false"},
	{"/org.openoffice.Office.Common/Misc", "PluginsEnabled", "false"},
	{"/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"},
	{"/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"},
	{"/org.openoffice.Setup/Office", "MigrationCompleted", "true"},
}

// writeProfile makes a profile at dir that has the settings. It says that it
// was made by this build of LibreOffice, "" if it is not known: one that meets
// the profile of another build starts twice, and behind its walls it cannot.
func writeProfile(dir, build string, list []setting) error {
	user := filepath.Join(dir, "user")
	files := map[string]string{"registrymodifications.xcu": registry(list)}
	if build != "" {
		files[filepath.Join("extensions", "buildid")] = build
	}
	for name, content := range files {
		path := filepath.Join(user, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return fmt.Errorf("make profile: %w", err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			return fmt.Errorf("make profile: %w", err)
		}
	}
	return nil
}

// registry is the configuration as LibreOffice stores it.
func registry(list []setting) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
`)
	for _, s := range list {
		fmt.Fprintf(&b, "<item oor:path=\"%s\"><prop oor:name=\"%s\" oor:op=\"fuse\"><value>%s</value></prop></item>\n", s.path, s.name, s.value)
	}
	b.WriteString("</oor:items>\n")
	return b.String()
}
