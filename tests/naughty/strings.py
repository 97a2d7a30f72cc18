"""Strings of every class that is known to have broken programs, by class, made of readable parts."""

import itertools
import unicodedata


def _is_seen(character: str) -> bool:
    return unicodedata.category(character)[0] != "C"


RESERVED = [
    "undefined", "undef", "null", "NULL", "(null)", "nil", "NIL", "None", "none", "true", "false", "True", "False",
    "TRUE", "then", "else", "NaN", "Infinity", "-Infinity", "INF", "hasOwnProperty", "constructor", "__proto__",
    "__class__", "__init__", "__import__('os')", "self", "this", "super", "import", "yield", "async", "lambda",
    "ready", "error", "nobody", "everyone", "here", "channel", "@here", "@channel", "@everyone", "#general", "me",
]  # fmt: skip
NUMBERS = [
    "0", "1", "-1", "1.0", "1/2", "1E2", "1E+02", "1E-16", "-0", "+0", "0/0", "-0.0", "0x0", "0xffffffff",
    "0xdeadbeef", "0b101", "0o777", "1,000.00", "1 000", "1'000", "2147483647", "2147483648", "-2147483649",
    "4294967296", "9007199254740993", "9223372036854775808", "18446744073709551616", "1" * 100, "9" * 309, "1e309",
    "1e-400", "0.30000000000000004", "1.#INF", "--1", "1..2", ".", "..", "123_456", "٣٤٥", "１２３", "一二三", "Ⅷ",
    "½", "1‱", "²", "₂", "①", "৪",
]  # fmt: skip
SIGNS = [
    ",./;'[]-=", "<>?:\"{}|_+", "!@#$%^&*()`~", "|", "||", "&&", ";", "`", "``", "```", "~~~", "***", "___", "---",
    "===", "$$", "%%", "%", "^", "\\", "\\\\", "//", "/*", "*/", "<!--", "-->", "<![CDATA[", "]]>", "#", "##",
    "...",
]  # fmt: skip
UNUSUAL_SIGNS = [
    "Ω≈ç√∫˜µ≤≥÷", "åß∂ƒ©˙∆˚¬…æ", "œ∑´®†¥¨ˆøπ“‘", "¡™£¢∞§¶•ªº–≠", "¸˛Ç◊ı˜Â¯˘¿", "ÅÍÎÏ˝ÓÔ\uf8ffÒÚÆ☃", "Œ„´‰ˇÁ¨ˆØ∏”’",
    "`⁄€‹›ﬁﬂ‡°·‚—±", "⅛⅜⅝⅞", "ЁЂЃЄЅІЇЈЉЊЋЌЍЎЏ", "⁰⁴⁵₀₁₂", "ﷺ", "﷽", "⁂", "꧁꧂", "༼ つ ◕_◕ ༽つ", "(╯°□°）╯︵ ┻━┻)",
    "ʕ•ᴥ•ʔ", "¯\\_(ツ)_/¯", "( \u0361° \u035cʖ \u0361°)", "ﬀﬃ", "ß→SS", "İstanbul ıI", "ǅ ǆ Ǆ", "Å=Å", "ᴀʙᴄ", "🅰🅱",
    "𝕿𝖍𝖊", "𝓽𝓱𝓮", "ⓣⓗⓔ", "⒯⒣⒠", "ᵗʰᵉ", "ɐqɔ",
]  # fmt: skip
QUOTES = [
    "'",
    '"',
    "''",
    '""',
    "'\"'",
    "\"''''\"'\"",
    "«»",
    "„“",
    "‚‘",
    "「」",
    "❝❞",
    "`'\"´",
    "\\'",
    '\\"',
    "' \" ` “ ” ’",
]
SCRIPTS = [
    "田中さんにあげて下さい", "パーティーへ行かないか", "和製漢語", "部落格", "사회과학원 어학연구소",
    "찦차를 타고 온 펲시맨", "社會科學院語學研究所", "울란바토르", "𠜎𠜱𠝹𠱓", "𠀀𪜀", "Ⱥ", "Ⱦ", "ヽ༼ຈل\u035cຈ༽ﾉ",
    "｀ｨ(´∀｀∩", "__ﾛ(,_,*)", "・(￣∀￣)・:*:", "。・:*:・゜’", "שלום עולם", "בְּרֵאשִׁית, בָּרָא אֱלֹהִים",
    "ثم نفس سقطت وبالتحديد،", "الكل في المجمو عة", "مُنَاقَشَةُ سُبُلِ", "نستعليق اردو", "فارسی می\u200cخواهم",
    "नमस्ते दुनिया", "क्षत्रिय ज्ञान", "আমি বাংলায়", "வணக்கம்", "నమస్కారం", "ನಮಸ್ಕಾರ", "സ്വാഗതം", "ආයුබෝවන්",
    "สวัสดีชาวโลก", "ສະບາຍດີ", "မင်္ဂလာပါ", "ភាសាខ្មែរ", "བཀྲ་ཤིས་བདེ་ལེགས།", "გამარჯობა", "Բարեւ", "ሰላም ለዓለም",
    "ᏣᎳᎩ", "ᐃᓄᒃᑎᑐᑦ", "ᠮᠣᠩᠭᠣᠯ", "Γειά σου", "Привет", "ⴰⵣⵓⵍ", "ꦧꦱꦗꦮ", "𐎀𐎁𐎂", "𓀀𓁐", "𒀀𒁀", "ߒߞߏ", "𞤀𞤁𞤂", "tiếng Việt",
    "Łódź", "Þórr ð", "ﬅ", "ŉ", "Ǧ", "ﻼ", "각", "각",
]  # fmt: skip
EMOJI = [
    "😍", "👩🏽", "👨\u200d🦰 👨🏿\u200d🦰 👨\u200d🦱", "👾 🙇 💁 🙅", "🐵 🙈 🙉 🙊", "❤️ 💔 💌", "✋🏿 💪🏿 👐🏿",
    "👨\u200d👩\u200d👦 👨\u200d👩\u200d👧\u200d👦 👨\u200d👨\u200d👦", "🚾 🆒 🆓", "0️⃣ 1️⃣ #️⃣ *️⃣",
    "🇺🇸🇷🇺🇸 🇦🇫🇦🇲🇸", "🇺🇸🇷🇺🇸🇦🇫🇦", "🇽🇽", "🇦", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "🏳️\u200d🌈🏳️\u200d⚧️", "🧑🏿\u200d❤️\u200d💋\u200d🧑🏻", "☺︎☺️☺", "©®™", "😀🏽", "🏽", "\u200d😀\u200d",
    "😀" * 200, ":smile: :nope: ::", ":-) :D ;P <3", "️", "\U0001fae9\U0001faea\U0001faeb", "👨\u200d", "#⃣",
    "🐈\u200d🐈\u200d🐈\u200d🐈\u200d🐈",
]  # fmt: skip
BIDIRECTIONAL = [
    f"abc {sign}evil 12:00 bob{end} after"
    for sign, end in itertools.product("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200e\u200f\u061c", ("", "\u202c"))
] + [
    "\u202etest\u202e",
    "test\u2060test\u202b",
    "\u2066test\u2067",
    "exe\u202egnp.txt",
    "שלום (Hello)! 10:30",
    "a\u200fb\u200ec",
]
INVISIBLE = [
    f"in{character}visible"
    for character in "\u00a0\u00ad\u034f\u115f\u1160\u180e\u2000\u2003\u2007\u200b\u200c\u200d\u2028\u2029\u202f\u205f"
    "\u2060\u2061\u2063\u206a\u3000\u3164\ufeff\uffa0\ufff9\ufffc\ufffd\uffff\U000e0001\U000e0041\U0010ffff\ue000\u2800"
]
SPACES = [
    " lead",
    "trail ",
    "  two  ",
    "tab\there",
    "line\nbreak",
    "\n\n\n.",
    "a\r\nb\rc",
    "a" + "\n" * 60 + "b",
    "\t\t.",
    "\x0bv\x0cf.",
]
CONTROLS = [f"con{chr(code)}trol" for code in (*range(1, 9), *range(14, 32), 127, 0x80, 0x85, 0x9B, 0x9F)]
TERMINAL = [
    "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x1b[2J\x1b[H", "\x9b31m", "\x07\x08\x08\x08", "\x1bc", "\x1b[6n",
    "If you're reading this, \x1b[8mhidden",
]  # fmt: skip
PILED = [
    "".join(letter + "".join(chr(0x300 + (ord(letter) + mark) % 112) for mark in range(height)) for letter in word)
    for word, height in (("zalgo", 1), ("zalgo", 8), ("he comes", 20), ("x", 300), ("שלום", 12), ("नम", 9), ("가", 5))
]  # fmt: skip
SQL = [
    "1;DROP TABLE users", "1'; DROP TABLE users-- 1", "' OR 1=1 -- 1", "' OR '1'='1", "'; EXEC sp_MSForEachTable",
    "%", "_", "%_%", "\\%", "x' AND 1=0 UNION SELECT *", "\"; DELETE FROM messages; --",
    "Robert'); DROP TABLE students;--", "/**/", "ATTACH DATABASE 'x' AS y", "1 NEAR 2", "NEAR(a b)",
    "a AND OR NOT b", "\"unclosed", "a*", "*", "^a", "col:a", "{a b}:c", "-a", "+a", "a OR", "(a", "a)", "((((",
    "MATCH", "rowid:1",
]  # fmt: skip
MARKUP = [
    f"{before}{script}{after}"
    for script in ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b>bold</b>", "<svg/onload=alert(1)>")
    for before, after in (("", ""), ('">', ""), ("'>", "<'"), ("&lt;", "&gt;"), ("</title>", ""))
] + [
    "javascript:alert(1)", "&amp;&#0;&#x41;", "<a href='file:///etc/passwd'>x</a>",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>", "<iframe src=//x>", "<marquee>",
    "<u><i>x", "&nbsp;", "<", ">", "&", "</b>", "<b", "[x](javascript:alert(1))", "![x](file:///etc/passwd)",
    "[a](<b>)", "**a", "||", "||x", "> " * 30 + "x", "`" * 200, "[" * 300, "*" * 300, "|" * 100, "1. " * 40,
    "https://example.com/" + "a" * 900, "http://[::1]/", "https://", "hearth://x/c/1/1", "https://exаmple.com",
    "http://a@b:c@d/", "//x.example", "\\\\server\\share", "mailto:a@b.c", "data:text/html,x", "www.example.com",
]  # fmt: skip
FORMATS = [
    "%s", "%d", "%n", "%x%x%x%x", "%s" * 50, "%*.*s", "{0}", "{}", "{{}}", "{0.__class__}", "{user.password}",
    "${HOME}", "$HOME", "${{7*7}}", "{{7*7}}", "#{7*7}", "<%= 7*7 %>", "${jndi:ldap://x/y}", "\\u0041", "\\x41",
    "\\0", "\\n", "%00", "%0a", "%2e%2e%2f", "%u0041", "&#65;",
]  # fmt: skip
COMMANDS = [
    "$(touch /tmp/naughty)", "`touch /tmp/naughty`", "; touch /tmp/naughty", "| cat /etc/passwd", "&& true",
    "--help", "-v", "--", "-rf /", "@file", "!!", "!$", "~root", "*.py", "$((1+1))", "eval(1)", "exec('x')",
    "System(\"ls\")", "Kernel.exit(1)", "() { :; }; echo", "[exit]", "[exec touch /tmp/naughty]", "[error x]",
    "$env(HOME)", "$argv", "{", "}", "{}", "{ {", "} {", "\\{", "\\", "a\\", "[", "]", "[]", "[[", "$", "$(",
    "$x(y)", "\"", "a\"b", "a;b", "puts x", "%W", "%%W", "%x %y", "proc unknown", "{a} b", "#comment", "-text",
    "-1c", "end", "insert", "1.0", "sel.first", ".", ".x", "::tcl::x", "\\x00", "\\[", "{*}$x",
]  # fmt: skip
FILES = [
    "../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd%00.png", "CON", "PRN", "AUX", "NUL", "COM1",
    "LPT1.txt", "con.txt", "C:\\x", "\\\\?\\C:\\", "file:///etc/passwd", "~/.ssh/id_rsa", "a/b", "a\\b", "a:b",
    ".hidden", "...", "name.", "name ", "x.exe", "photo.jpg.exe", "x.\u202egnp.exe", "a?*<>|", "é.txt",
    "e\u0301.txt", "x" * 300 + ".txt", "\u200b.txt", "-rf", "--version.txt", "desktop.ini", "Thumbs.db",
]  # fmt: skip
LONG = [
    "W" * 1000,
    "a" * 3999,
    "ab " * 1300,
    "ẞ" * 700,
    "字" * 1000,
    "ก" * 1000,
    "न" * 900,
    "𝔸" * 1000,
    "a.b-c_d/" * 300,
    "1" * 2000,
]
FAMILIES_OF_CHARACTERS = [
    "".join(itertools.islice((each for each in map(chr, range(start, start + 0x400)) if _is_seen(each)), 40))
    for start in (
        0x00, 0x80, 0x100, 0x250, 0x2B0, 0x300, 0x370, 0x400, 0x530, 0x590, 0x600, 0x700, 0x900, 0xE00, 0x1000,
        0x10A0, 0x1100, 0x1200, 0x13A0, 0x1400, 0x1680, 0x1780, 0x1800, 0x1D00, 0x1E00, 0x1F00, 0x2000, 0x20A0,
        0x2100, 0x2190, 0x2200, 0x2300, 0x2400, 0x2460, 0x2500, 0x25A0, 0x2600, 0x2700, 0x2800, 0x2900, 0x2B00,
        0x2C00, 0x2E00, 0x3000, 0x3100, 0x3200, 0x3400, 0xA000, 0xA4D0, 0xAC00, 0xF900, 0xFB00, 0xFE00, 0xFF00,
        0x10000, 0x10300, 0x10800, 0x11000, 0x12000, 0x13000, 0x1B000, 0x1D000, 0x1D400, 0x1E900, 0x1EE00, 0x1F000,
        0x1F100, 0x1F300, 0x1F600, 0x1F900, 0x20000,
    )
]  # fmt: skip
BROKEN = [
    "half \ud83d",
    "\udc00 half",
    "\ud83d\ud83d",
    "nul \x00 here",
    "\ufdd0",
    "\ufffe",
]
"""Halves of pairs and what is no character: no encoding has them, but programs hand them on."""

CLASSES: dict[str, list[str]] = {
    "reserved words": RESERVED,
    "numbers": NUMBERS,
    "signs": SIGNS,
    "unusual signs": UNUSUAL_SIGNS,
    "quotes": QUOTES,
    "scripts": SCRIPTS,
    "emoji": EMOJI,
    "both directions": BIDIRECTIONAL,
    "invisible": INVISIBLE,
    "spaces": SPACES,
    "controls": CONTROLS,
    "terminals": TERMINAL,
    "marks piled up": PILED,
    "databases": SQL,
    "markup": MARKUP,
    "formats": FORMATS,
    "commands": COMMANDS,
    "files": FILES,
    "long": LONG,
    "characters": FAMILIES_OF_CHARACTERS,
    "broken": BROKEN,
}  # fmt: skip

STRINGS: tuple[str, ...] = tuple(dict.fromkeys(text for texts in CLASSES.values() for text in texts))
