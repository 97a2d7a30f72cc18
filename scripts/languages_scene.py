"""The picture of people who write in many scripts, with emoji in the text, in names and in what is being written."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from scripts.cast import Cast
from scripts.demo import speak
from scripts.play import Line

if TYPE_CHECKING:
    from client_app.desktop.app import DesktopApp

CHANNEL, TOPIC = "languages", "Say hello in yours 🌍"
GREETINGS = (
    "السلام عليكم! اللقاء في الساعة 10:30 (مساءً)",
    "שלום לכולם! גרסה 3.11 (Hearth) יצאה 🎉",
    "नमस्ते दुनिया, क्षत्रिय और ज्ञान",
    "আমি বাংলায় গান গাই",
    "வணக்கம் உலகம், తెలుగు, ಕನ್ನಡ, മലയാളം",
    "สวัสดีชาวโลก นี่คือข้อความภาษาไทย",
    "សួស្តីពិភពលោក · ສະບາຍດີຊາວໂລກ · မင်္ဂလာပါ",
    "བཀྲ་ཤིས་བདེ་ལེགས། · ආයුබෝවන්",
    "你好，世界。これは日本語です。안녕하세요 세계",
    "გამარჯობა · Բարեւ · ሰላም ለዓለም · ᏣᎳᎩ",
    "Γειά σου, Привет, tiếng Việt, Łódź",
    "👨‍👩‍👧‍👦 👍🏽 🇺🇳 1️⃣ 🏳️‍🌈 🧑🏾‍💻",
)
SPEAKERS = ("erin", "carol", "dave")
WRITTEN = "Thanks 🙏🏽 to all of you 🎉👨‍👩‍👧‍👦"


def take_languages(app: "DesktopApp", cast: Cast, show: Callable[[str], None], picture: Callable[[str], None]) -> None:
    """Have everybody greet, open the channel, begin an answer, take the picture, and take the answer back."""
    cast.create("erin", CHANNEL, TOPIC)
    for number, words in enumerate(GREETINGS):
        speak(cast, Line(0, SPEAKERS[number // 4], CHANNEL, words))
        app.root.update()
    show(CHANNEL)
    app.window.conversation.composer.insert(WRITTEN)
    app.root.update()
    picture("languages")
    app.window.conversation.composer.clear()
