/** JAX over a batch: `vmap` on one device, and the same sharded over as many as there are. */
import { nameOf } from "../../ops/leaves.js";
import type { Program } from "./program.js";
import { decorator, docstring } from "./pythonText.js";

export function batchedForms(made: Program, batch: readonly string[] | undefined): string[] {
  const f = made.functions[made.functions.length - 1]!;
  const { inputs, plan } = made;
  const fixed = inputs.filter((i) => plan.wrt.includes(i.symbol));
  const carries = (i: (typeof inputs)[number]): boolean =>
    batch ? batch.includes(nameOf(i.symbol)) : fixed.length === inputs.length || !fixed.includes(i);
  const axes = inputs.map((i) => (carries(i) ? "0" : "None"));
  const names = inputs.map((i) => i.name).join(", ");
  const extra = [...f.given.map((g) => g.name), ...f.asked];
  const keywords = extra.map((n) => `, ${n}=${n}`).join("");
  const parameters = [names, "*", ...extra, "in_axes=IN_AXES"].join(", ");
  const listed = inputs.map((i, n) => `${i.name}: ${axes[n]}`).join(", ");
  return [
    [
      `# Which arguments carry a batch (${listed}): 0 for samples along the first axis, None for one value for all.`,
      `IN_AXES = (${axes.join(", ")}${axes.length === 1 ? "," : ""})`,
    ].join("\n"),
    [
      decorator([...extra, "in_axes"]),
      `def batched_${f.name}(${parameters}):`,
      docstring("    ", [`${f.name} of every sample of a batch; results have the samples along their first axis.`]),
      `    return jax.vmap(${keywords === "" ? f.name : `functools.partial(${f.name}${keywords})`}, in_axes=in_axes)(${names})`,
    ].join("\n"),
    [
      `def sharded_${f.name}(${parameters}, devices=None):`,
      docstring("    ", [
        `batched_${f.name} with the batch split over devices: all of them, or as many as divide the batch.`,
      ]),
      "    devices = jax.devices() if devices is None else devices",
      `    values = [${names}]`,
      "    batch = next(a.shape[0] for a, axis in zip(values, in_axes) if axis is not None)",
      "    devices = devices[: math.gcd(batch, len(devices))]",
      '    mesh = jax.sharding.Mesh(devices, ("batch",))',
      "    whole = jax.sharding.NamedSharding(mesh, jax.sharding.PartitionSpec())",
      '    split = jax.sharding.NamedSharding(mesh, jax.sharding.PartitionSpec("batch"))',
      "    values = [jax.device_put(a, whole if axis is None else split) for a, axis in zip(values, in_axes)]",
      `    return batched_${f.name}(*values${keywords}, in_axes=in_axes)`,
    ].join("\n"),
  ];
}
