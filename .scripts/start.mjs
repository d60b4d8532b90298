// `npm start`: set-up, then JupyterLab on notebooks/. Further arguments go to JupyterLab: npm start -- --no-browser --port 9000
import { at, main, status, venvPython } from "./lib.mjs";
import { setup } from "./setup.mjs";

await main(async () => {
  await setup();
  const args = ["-m", "jupyterlab", `--ServerApp.root_dir=${at("notebooks")}`, "--ServerApp.ip=127.0.0.1"];
  args.push("--LanguageServerManager.autodetect=False"); // the kernel answers for its own language
  args.push("--MappingKernelManager.default_kernel_name=nabla");
  if (process.getuid?.() === 0) args.push("--allow-root"); // JupyterLab refuses root otherwise
  console.log("▸ JupyterLab (stop it with Ctrl+C)");
  return status(venvPython, [...args, ...process.argv.slice(2)]);
});
