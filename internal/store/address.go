package store

import (
	"net/url"
	"strings"
)

// printable is the address of a PostgreSQL database as people may see it: user,
// host, name, and of the options only those that are no secret. Where a piece
// of a password may stand in a wrong place, because a sign in it was not
// written as % and two digits, nothing but the scheme is told.
func printable(address string) string {
	scheme, rest, _ := strings.Cut(address, "://")
	hidden := scheme + "://…"
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	authority, rest := rest[:end], rest[end:]
	path, query, _ := strings.Cut(rest, "?")
	if strings.ContainsAny(path, "@#") || strings.ContainsAny(query, "@#") || strings.Count(authority, "@") > 1 {
		return hidden
	}
	user, hosts, ok := strings.Cut(authority, "@")
	if !ok {
		user, hosts = "", authority
	}
	if !plainHosts(hosts) {
		return hidden
	}
	if user, _, _ = strings.Cut(user, ":"); user != "" {
		user += "@"
	}
	return scheme + "://" + user + hosts + path + plainOptions(query)
}

// plainHosts reports whether a list of hosts is one: after a colon outside of
// brackets only a port.
func plainHosts(hosts string) bool {
	for host := range strings.SplitSeq(hosts, ",") {
		if i := strings.LastIndexByte(host, ']'); i >= 0 {
			host = host[i+1:]
		}
		if _, port, _ := strings.Cut(host, ":"); strings.Trim(port, "0123456789") != "" {
			return false
		}
	}
	return true
}

// plainOptions are the options that say where the database is.
func plainOptions(query string) string {
	options, err := url.ParseQuery(query)
	if err != nil {
		return ""
	}
	plain := url.Values{}
	for _, name := range []string{"host", "port", "user", "dbname", "sslmode", "search_path"} {
		if values := options[name]; len(values) > 0 {
			plain[name] = values
		}
	}
	if len(plain) == 0 {
		return ""
	}
	return "?" + plain.Encode()
}
