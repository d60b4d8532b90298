"""The protocol tests that the Jupyter project publishes, against the installed kernelspec `nabla`."""

import unittest

import jupyter_kernel_test as jkt


class NablaKernelTests(jkt.KernelTests):
    kernel_name = "nabla"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    code_page_something = "import { page } from 'nabla/jupyter'; page('a long text')"
    code_generate_error = "throw new Error('wanted')"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "[1, 2].map((x) => x + 1)", "result": "[ 2, 3 ]"},
        {"code": "await Promise.resolve('a')", "result": "'a'"},
    ]
    code_display_data = [
        {"code": "import { display } from 'nabla/jupyter'; display({ 'text/html': '<b>bold</b>' }); 0", "mime": "text/html"},
        {"code": "display({ 'image/png': 'iVBORw0KGgo=' }); 0", "mime": "image/png"},
    ]
    code_clear_output = "import { clearOutput } from 'nabla/jupyter'; clearOutput()"
    completion_samples = [
        {"text": "conso", "matches": {"console"}},
        {"text": "Math.flo", "matches": {"floor"}},
    ]
    complete_code_samples = ["1 + 1", "const f = () => 1", "for (const a of [1]) {\n  a\n}"]
    incomplete_code_samples = ["function f() {", "const s = `a", "[1, 2"]
    invalid_code_samples = ["const = 1", "}"]
    code_history_pattern = "6 ? 7"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.floor"


class NablaWelcomeTests(jkt.IopubWelcomeTests):
    kernel_name = "nabla"
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main()
