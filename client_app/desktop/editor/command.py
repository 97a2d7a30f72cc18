"""The command of a Tk text, taken over: what is told to the widget goes through ours first."""

import tkinter
from collections.abc import Callable

_COMMAND = """proc {widget} {{operation args}} {{
    switch -- $operation {{
        insert {{ {real} index [lindex $args 0]; return [{ours} insert {{*}}$args] }}
        delete - replace {{
            {real} index [lindex $args 0]
            if {{[llength $args] > 1}} {{ {real} index [lindex $args 1] }}
            return [{ours} $operation {{*}}$args]
        }}
        get {{
            if {{[string match -* [lindex $args 0]] || ![llength [{real} image names]]}} {{
                return [{real} get {{*}}$args]
            }}
            foreach index $args {{ {real} index $index }}
            return [{ours} get {{*}}$args]
        }}
        edit {{ if {{[lindex $args 0] ne "modified"}} {{ return [{ours} edit {{*}}$args] }} }}
        mark {{ if {{[lrange $args 0 1] eq "set insert"}} {{
            {real} index [lindex $args 2]
            return [{ours} move {{*}}$args]
        }} }}
        tag {{ if {{[lrange $args 0 1] eq "add sel"}} {{ return [{ours} select {{*}}$args] }} }}
    }}
    return [{real} $operation {{*}}$args]
}}"""


def take_command(widget: tkinter.Text, perform: Callable[..., object]) -> str:
    """Have `perform` called with operations and their arguments; the name of the command that the widget had itself."""
    name = str(widget)
    real = f"{name}.real"
    ours = widget.register(perform)
    widget.tk.call("rename", name, real)
    widget.tk.eval(_COMMAND.format(widget=name, real=real, ours=ours))
    widget.bind("<Destroy>", lambda _event: widget.tk.call("rename", name, ""), add="+")
    return real
