/** Identifiers of the commands; schema/panel.json binds keys and the menu to them. */
export const commands = {
  open: "nabla-trace:open",
  show: "nabla-trace:show-document",
  link: "nabla-trace:open-link",
  first: "nabla-trace:first",
  back: "nabla-trace:back",
  next: "nabla-trace:next",
  last: "nabla-trace:last",
  play: "nabla-trace:play",
  layout: "nabla-trace:layout",
  faster: "nabla-trace:faster",
  slower: "nabla-trace:slower",
  quiz: "nabla-trace:quiz",
  compare: "nabla-trace:compare",
  projector: "nabla-trace:projector",
  large: "nabla-trace:large",
} as const;
