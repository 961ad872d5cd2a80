"""This file is about what attackers type: one word of each class that has worked on others."""

SQL = "1' OR '1'='1'; DROP TABLE patient; --"
TEMPLATE = "{{7777*7}}${7777*7}<%= 7777*7 %>"
EVALUATED = "54439"
SCRIPT = '"><script>alert(1)</script>'
ELSEWHERE = "/\t/evil.example"

# A browser sends any of these as one parameter of an address.
PARAMETERS = (
    SQL,
    TEMPLATE,
    SCRIPT,
    ELSEWHERE,
    "../../../../etc/passwd",
    "x\r\nSet-Cookie: session=evil",
    "a\x00b",
    "9" * 400,
    "9223372036854775808",
    "-1",
    "1e999",
    "9999-12-31T23:59",
    "0001-01-01",
    "٣",  # a digit, and no number here
    "\u202efdp.exe",  # reads backwards
    "javascript:alert(1)",
    "00000000-0000-0000-0000-000000000000",
    "x" * 3000,
)
# And this in every field of a form, one after the other.
TYPED = (
    SCRIPT + TEMPLATE + SQL,
    "a\x00b\ud800",
    "name\r\nBcc: evil@evil.example",
    "9" * 400,
    "9999-12-31T23:59",
    "0001-01-01",
    "=cmd|'/c calc'!A1",
    "\u202egnp.exe",
    "🤱" * 7000,
)
# No JSON that a form takes, and no form.
BODIES = {
    "brackets": b"[" * 20_000,
    "open": b'{"kind": "note"',
    "bytes": b'{"kind": "\xff\xfe"}',
    "array": b"[[1]]",
    "null": b"null",
    "doubled": b'{"kind": "note", "kind": "dose"}',
    "number": b'{"kind": 1e99999, "text": NaN}',
    "object": b'{"kind": {"$ne": null}, "__proto__": {"role": "administrator"}}',
    "empty": b"",
}
