"""Addresses that are inside and URLs that can be read in two ways, in many spellings."""

PUBLIC = "93.184.215.14"

INSIDE = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1",
    "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "192.88.99.1", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "2001:20::1", "3fff::1",
    "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "100::1", "5f00::1",
    "::ffff:0:127.0.0.1",
]  # fmt: skip

STRANGE = [
    "https://0x7f.1/", "https://2130706433/", "https://127.1/", "https://0177.0.0.1/",
    "https://0x7f000001/", "https://127.0.0.1./", r"https://good.test\@evil.test/",
    r"https://evil.test\.good.test/", "https://user@good.test/", "https://user:pw@good.test/",
    "https://good.test./", "https://good.test%2eevil.test/", "https://１２７.0.0.1/", "https://⑯.test/",
    "https://127。0。0。1/", "https://ｇood.test/", "https://[::1%25eth0]/", "https://[::1/",
    "https://[fe80::1%eth0]/", "https://a..b/", "https:///path", "https://-a.test/",
    "https://good.test:0/", "https://good.test:22/", "https://good.test:25/",
    "https://good.test:65536/", "https://good.test:x/", "ftp://good.test/", "file:///etc/passwd",
    "gopher://good.test/", "//good.test/", "good.test", "javascript:1", r"https://good.test/a\b",
    "https:good.test", "https://1.2.3/", "https://4294967297/", "https://0x/", "https://256.1.1.1/",
    "https://good.test@/", "https://℀.test/", "https://exa^mple.test/",
]  # fmt: skip
