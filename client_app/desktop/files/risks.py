"""Which files could do something when they are opened: programs, scripts, documents with macros."""

from pathlib import Path

from client_app.desktop.message_list.file_kinds import ending_of

_KINDS = {
    "a program": "exe com scr msi msix appx appimage run bin elf out app dmg pkg deb rpm flatpak flatpakref snap apk "
    "cpl msc gadget application dll so dylib",
    "a Java program": "jar jnlp class",
    "a script": "sh bash zsh fish csh ksh command py pyw pyz pl rb php lua tcl js jse mjs vbs vbe vb wsf wsh wsc hta "
    "bat cmd ps1 psm1 ps1xml psd1 applescript scpt workflow action ahk awk",
    "a starter, which can run any command": "desktop lnk url webloc pif scf inf reg service directory",
    "a document with macros, which can run commands": "docm dotm xlsm xltm xlam xlsb pptm potm ppsm ppam sldm odm",
    "a disk image, which can hold programs": "iso img vhd vhdx",
    "a web page, which can run scripts": "html htm xhtml shtml mht mhtml svg svgz xht",
}
_BY_ENDING = {ending: kind for kind, endings in _KINDS.items() for ending in endings.split()}
_BEGINNINGS = {b"\x7fELF": "a program", b"MZ": "a program", b"#!": "a script", b"\xca\xfe\xba\xbe": "a program"}


def risk_of(name: str) -> str:
    """What a file of this name is, where opening it may do something; empty where it may not."""
    return _BY_ENDING.get(ending_of(name), "")


def risk_within(path: Path) -> str:
    """Likewise, by how its content begins: a program is one whatever it is called. Raises `OSError`."""
    with path.open("rb") as file:
        head = file.read(8)
    return next((kind for beginning, kind in _BEGINNINGS.items() if head.startswith(beginning)), "")
