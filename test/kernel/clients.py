"""What clients other than JupyterLab do with the installed kernel: nbclient, nbconvert, and the messages of VS Code."""

import sys
import unittest

import nbformat
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient
from nbconvert import HTMLExporter, LatexExporter, ScriptExporter

KERNEL = "nabla"
CELLS = [
    "const people = [{ name: 'ada', age: 36 }, { name: 'alan', age: 41 }]\npeople",
    "console.log('printed'); console.error('warned')",
    "import { d } from 'nabla'\nd('‖W x + b‖²', 'W', { where: 'W: m×n, x: n, b: m' })",
    "[[1, 2], [3, 4]]",
    "let wrong: number = 'text'",
]


def executed():
    notebook = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": KERNEL, "display_name": "Nabla", "language": "typescript"}}
    )
    notebook.cells = [nbformat.v4.new_code_cell(code) for code in CELLS]
    notebook.cells[-1].metadata["tags"] = ["raises-exception"]
    NotebookClient(notebook, timeout=60, kernel_name=KERNEL).execute()
    return notebook


class NotebookTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.notebook = executed()

    def test_nbclient_executes_and_the_notebook_is_valid(self):
        nbformat.validate(self.notebook)
        table, streams, derivation, matrix, failed = [cell.outputs for cell in self.notebook.cells]
        self.assertIn("<table", table[0].data["text/html"])
        self.assertEqual({"stdout": "printed\n", "stderr": "warned\n"}, {s.name: s.text for s in streams})
        self.assertIn("application/vnd.nabla.derivation+json", derivation[0].data)
        self.assertEqual("2×2\n1  2\n3  4", matrix[0].data["text/plain"])
        self.assertEqual(("error", "TS2322"), (failed[0].output_type, failed[0].ename))
        self.assertEqual("typescript", self.notebook.metadata.language_info.name)

    def test_nbconvert_to_html(self):
        body, _ = HTMLExporter().from_notebook_node(self.notebook)
        self.assertIn("TS2322", body)
        self.assertIn("<table", body)
        self.assertIn("mathbf", body)

    def test_nbconvert_to_latex(self):
        body, _ = LatexExporter().from_notebook_node(self.notebook)
        self.assertIn(r"\begin{document}", body)
        self.assertIn(r"\mathbf", body)

    def test_nbconvert_to_a_script_of_typescript(self):
        body, resources = ScriptExporter().from_notebook_node(self.notebook)
        self.assertEqual(".ts", resources["output_extension"])
        self.assertIn("const people", body)


class ClientTests(unittest.TestCase):
    """Through the blocking client of jupyter_client, as jupyter console and VS Code use it."""

    @classmethod
    def setUpClass(cls):
        cls.manager = KernelManager(kernel_name=KERNEL)
        cls.manager.start_kernel()
        cls.client = cls.manager.blocking_client()
        cls.client.start_channels()
        cls.client.wait_for_ready(timeout=60)

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel()

    def run_cell(self, code, **options):
        outputs = []
        reply = self.client.execute_interactive(code, timeout=60, output_hook=outputs.append, **options)
        return reply["content"], outputs

    def test_console_asks_completeness_history_and_kernel_info_before_its_prompt(self):
        info = self.client.kernel_info(reply=True, timeout=20)["content"]
        self.assertIn("Nabla", info["banner"])
        history = self.client.history(hist_access_type="tail", n=1000, raw=True, output=False, reply=True, timeout=20)
        self.assertEqual("ok", history["content"]["status"])
        for code, status in [("if (true) {", "incomplete"), ("1 + 1", "complete"), ("const = 1", "invalid")]:
            answer = self.client.is_complete(code)
            reply = self.client._recv_reply(answer, timeout=20)
            self.assertEqual(status, reply["content"]["status"])

    def test_console_input_hook(self):
        asked = []

        def answer(message):
            asked.append(message["content"]["prompt"])
            self.client.input("ada")

        _, outputs = self.run_cell(
            "import { input } from 'nabla/jupyter'; input('name? ')", allow_stdin=True, stdin_hook=answer
        )
        self.assertEqual(["name? "], asked)
        results = [o["content"]["data"]["text/plain"] for o in outputs if o["msg_type"] == "execute_result"]
        self.assertEqual(["'ada'"], results)

    def test_vs_code_runs_quiet_inspections_that_leave_no_trace(self):
        count = self.run_cell("const shown = { a: 1 }")[0]["execution_count"]
        for silent in (True, False):
            reply, _ = self.run_cell("typeof shown", silent=silent, store_history=False)
            self.assertEqual(("ok", count), (reply["status"], reply["execution_count"]))
        reply, _ = self.run_cell("", silent=True, user_expressions={"names": "Object.keys(shown).join()"})
        self.assertEqual("'a'", reply["user_expressions"]["names"]["data"]["text/plain"])
        self.assertEqual(count + 1, self.run_cell("1")[0]["execution_count"])

    def test_vs_code_counts_completion_positions_in_code_points(self):
        code = "/* 😀😀 */ Math.flo"
        reply = self.client.complete(code, len(code), reply=True, timeout=20)["content"]
        self.assertEqual(["floor"], reply["matches"][:1])
        self.assertEqual("flo", code[reply["cursor_start"] : reply["cursor_end"]])
        self.assertEqual("floor", reply["metadata"]["_jupyter_types_experimental"][0]["text"])
        hover = self.client.inspect("Math.floor(1)", 7, reply=True, timeout=20)["content"]
        self.assertIn("floor(x: number): number", hover["data"]["text/markdown"])

    def test_vs_code_asks_for_debugging_and_subshells_and_is_told_no(self):
        for kind, content in [
            ("debug_request", {"type": "request", "seq": 1, "command": "debugInfo", "arguments": {}}),
            ("create_subshell_request", {}),
        ]:
            message = self.client.session.msg(kind, content)
            self.client.control_channel.send(message)
            reply = self.client.get_control_msg(timeout=20)
            self.assertEqual(kind.replace("request", "reply"), reply["msg_type"])
            self.assertFalse(reply["content"].get("success", reply["content"].get("status") == "ok"))

    def test_notebook_interrupts_and_restarts(self):
        message = self.client.execute("while (true) {}")
        while True:
            heard = self.client.get_iopub_msg(timeout=20)
            if heard["msg_type"] == "execute_input" and heard["parent_header"]["msg_id"] == message:
                break
        self.manager.interrupt_kernel()
        reply = self.client._recv_reply(message, timeout=20)
        self.assertEqual("KeyboardInterrupt", reply["content"]["ename"])
        self.manager.restart_kernel()
        self.client.wait_for_ready(timeout=60)
        self.assertEqual(1, self.run_cell("1")[0]["execution_count"])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
