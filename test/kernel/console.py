"""The real `jupyter console` in a terminal of its own, with the installed kernel: what a person types and sees."""

import re
import sys
import unittest

import pexpect

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[()][A-Z0-9]|\r")
CLEAR_LINE = "\x15"


class Terminal(pexpect.spawn):
    """Without the colours and cursor movements between the letters."""

    def read_nonblocking(self, size=1, timeout=-1):
        return ESCAPES.sub("", super().read_nonblocking(size, timeout))


class ConsoleTests(unittest.TestCase):
    def test_prompts_continuation_results_errors_input_interrupt_completion_and_exit(self):
        # On a busy machine the answer to is_complete may take longer than the second that the console waits for it.
        patient = "--ZMQTerminalInteractiveShell.kernel_is_complete_timeout=20"
        arguments = ["-m", "jupyter_console", "--kernel", "nabla", patient]
        console = Terminal(sys.executable, arguments, encoding="utf8", timeout=40, dimensions=(40, 120))
        console.expect("Nabla .*: TypeScript .* on Node")

        def prompt(number):
            console.expect(rf"In \[{number}\]: ")

        prompt(1)
        console.send("6 * 7\r")
        console.expect(r"Out\[1\]: 42")
        prompt(2)
        console.send("function twice(n: number) {\r")
        console.expect(r"\.\.\.: ")
        console.send("return 2 * n }\r\r")
        prompt(3)
        console.send("twice('x')\r")
        console.expect("TS2345: Argument of type 'string'")
        prompt(4)
        console.send("import { input } from 'nabla/jupyter'; input('who? ').toUpperCase()\r")
        console.expect(r"who\? $")
        console.send("ada\r")
        console.expect(r"Out\[4\]: 'ADA'")
        prompt(5)
        console.send("console.log('begun'); while (true) {}\r")
        console.expect("\nbegun")
        console.sendintr()
        console.expect("KeyboardInterrupt: the cell was interrupted")
        prompt(6)
        console.send("twi\t")
        console.expect("twice")
        console.send(CLEAR_LINE + "twice(21)\r")
        console.expect(r"Out\[6\]: 42")
        prompt(7)
        console.sendeof()
        console.expect(r"\(\[?y\]?/\[?n\]?\)\?")
        console.send("y\r")
        console.expect(pexpect.EOF)
        console.close()
        self.assertEqual(0, console.exitstatus)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
