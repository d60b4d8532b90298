/**
 * Where the nodes of an acyclic graph stand: in rows by their longest way from an input, an input in the row before its
 * first use. An edge over several rows has a place in each of them, so that it runs between the nodes and not behind one.
 * Within a row the order follows the middles of the neighbours (Sugiyama, Tagawa and Toda, 1981).
 */
import { textWidth } from "../png/font.js";

export interface GraphNode {
  readonly id: string;
  /** The first is the name with its expression; then shape, value, adjoint. */
  readonly lines: readonly string[];
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

export interface Graph {
  readonly title: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Rows of the table in order: the node that each is about, and what it says. */
  readonly steps: readonly { readonly node: string; readonly text: string }[];
  readonly notes: readonly string[];
}

/** In pixels of a page, from the top left corner. */
export interface PlacedGraph {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly edges: readonly {
    readonly edge: GraphEdge;
    readonly points: readonly (readonly [x: number, y: number])[];
  }[];
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const LINE = 18;
const ROW_GAP = 44;
const GAP = 26;
const PAD = 12;
/** Of a place that an edge only passes. */
const PASS = 14;
const SWEEPS = 8;
/** The first line is bold in a figure, in a font that is not known here. */
const BOLD = 1.1;

interface Place {
  readonly id: string;
  readonly node: GraphNode | undefined;
  readonly row: number;
  readonly width: number;
  /** Places in the rows above and below that it is joined to. */
  readonly above: string[];
  readonly below: string[];
}

export function placed({ nodes, edges }: Graph): PlacedGraph {
  const rows = rowsOf(nodes, edges);
  const { places, ways } = placesOf(nodes, edges, rows);
  const order = ordered([...places.values()]);
  const heights = order.map((row) => Math.max(...row.map(({ node }) => (node ? node.lines.length * LINE + PAD : 0))));
  const widths = order.map((row) => row.reduce((sum, { width }) => sum + width + GAP, -GAP));
  const width = Math.max(...widths) + 2 * PAD;
  const boxes = new Map<string, Box>();
  let y = PAD;
  order.forEach((row, n) => {
    let x = (width - widths[n]!) / 2;
    for (const { id, width: own, node } of row) {
      const height = node ? node.lines.length * LINE + PAD : heights[n]!;
      boxes.set(id, { x, y: y + (heights[n]! - height) / 2, width: own, height });
      x += own + GAP;
    }
    y += heights[n]! + ROW_GAP;
  });
  const middle = (id: string): number => boxes.get(id)!.x + boxes.get(id)!.width / 2;
  const drawn = edges.map((edge, n) => {
    const way = ways[n]!;
    const points = way.flatMap((id, k): [number, number][] => {
      const box = boxes.get(id)!;
      if (k === 0) return [[middle(id), box.y + box.height]];
      if (k === way.length - 1) return [[middle(id), box.y]];
      return [
        [middle(id), box.y],
        [middle(id), box.y + box.height],
      ];
    });
    return { edge, points };
  });
  return { width, height: y - ROW_GAP + PAD, boxes, edges: drawn };
}

function rowsOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Map<string, number> {
  const row = new Map<string, number>();
  for (const { id } of nodes) {
    const before = edges.filter((e) => e.to === id).map((e) => row.get(e.from)!);
    row.set(id, before.length === 0 ? 0 : Math.max(...before) + 1);
  }
  for (const { id } of nodes) {
    const uses = edges.filter((e) => e.from === id).map((e) => row.get(e.to)!);
    if (!edges.some((e) => e.to === id) && uses.length > 0) row.set(id, Math.min(...uses) - 1);
  }
  return row;
}

function placesOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[], rows: ReadonlyMap<string, number>) {
  const places = new Map<string, Place>();
  const put = (id: string, row: number, node?: GraphNode): string => {
    const width = node ? Math.max(...node.lines.map((line) => textWidth(line) / 2)) * BOLD + 2 * PAD : PASS;
    places.set(id, { id, node, row, width, above: [], below: [] });
    return id;
  };
  for (const node of nodes) put(node.id, rows.get(node.id)!, node);
  const ways = edges.map(({ from, to }, n) => {
    const way = [from];
    for (let row = rows.get(from)! + 1; row < rows.get(to)!; row++) way.push(put(`${n} ${row}`, row));
    way.push(to);
    for (let k = 1; k < way.length; k++) {
      places.get(way[k - 1]!)!.below.push(way[k]!);
      places.get(way[k]!)!.above.push(way[k - 1]!);
    }
    return way;
  });
  return { places, ways };
}

/** Rows from top to bottom, each from left to right. */
function ordered(places: readonly Place[]): Place[][] {
  const rows: Place[][] = Array.from({ length: Math.max(...places.map(({ row }) => row)) + 1 }, () => []);
  for (const place of places) rows[place.row]!.push(place);
  const position = new Map<string, number>();
  const note = (row: readonly Place[]): void => {
    row.forEach(({ id }, n) => {
      position.set(id, n - (row.length - 1) / 2);
    });
  };
  rows.forEach(note);
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (const row of sweep % 2 === 0 ? rows : [...rows].reverse()) {
      const middle = ({ id, above, below }: Place): number => {
        const joined = (sweep % 2 === 0 ? above : below).map((other) => position.get(other)!);
        return joined.length === 0 ? position.get(id)! : joined.reduce((p, q) => p + q, 0) / joined.length;
      };
      const key = new Map(row.map((place) => [place, middle(place)]));
      row.sort((p, q) => key.get(p)! - key.get(q)!);
      note(row);
    }
  return rows;
}
