/**
 * Where the nodes of a graph stand: springs along its edges, repulsion between all nodes, a pull to the
 * middle (Fruchterman and Reingold 1991), then overlaps pushed apart. Only + − × ÷ and square roots, which
 * IEEE 754 rounds alike everywhere, and no chance: the same graph has the same picture on every machine.
 */

export interface Graph {
  /** Radius of each node. */
  radius: readonly number[];
  /** `strength` from 0 to 1: how hard it pulls. */
  edges: readonly (readonly [a: number, b: number, strength: number])[];
}

export interface Place {
  x: number;
  y: number;
}

export interface Box {
  width: number;
  height: number;
}

const ROUNDS = 320;
const GRAVITY = 0.35;
/** Free space between two nodes. */
const GAP = 5;

/** The R2 sequence (Roberts 2018): points that fill the unit square evenly, by multiplication alone. */
function start(count: number): Place[] {
  return Array.from({ length: count }, (_, i) => ({
    x: (0.5 + (i + 1) * 0.7548776662466927) % 1,
    y: (0.5 + (i + 1) * 0.5698402909980532) % 1,
  }));
}

function relax(places: Place[], { edges }: Graph): void {
  const n = places.length;
  const ideal = Math.sqrt(1 / Math.max(n, 1));
  const degree = new Int32Array(n);
  for (const [a, b] of edges) {
    degree[a]!++;
    degree[b]!++;
  }
  for (let round = 0; round < ROUNDS; round++) {
    const heat = 0.1 * (1 - round / ROUNDS) + 0.001;
    const push = places.map(({ x, y }) => ({
      x: (0.5 - x) * GRAVITY * ideal * 4,
      y: (0.5 - y) * GRAVITY * ideal * 4,
    }));
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        const [a, b] = [places[i]!, places[j]!];
        const dx = a.x - b.x || 1e-6 * (i + 1);
        const dy = a.y - b.y || 1e-6 * (j + 1);
        const force = (ideal * ideal) / (dx * dx + dy * dy);
        push[i]!.x += dx * force;
        push[i]!.y += dy * force;
        push[j]!.x -= dx * force;
        push[j]!.y -= dy * force;
      }
    }
    for (const [i, j, strength] of edges) {
      const dx = places[i]!.x - places[j]!.x;
      const dy = places[i]!.y - places[j]!.y;
      // A node of many edges would drag all its neighbours onto itself.
      const pull =
        (strength * Math.sqrt(dx * dx + dy * dy)) / ideal / Math.sqrt(Math.min(degree[i]!, degree[j]!));
      push[i]!.x -= dx * pull;
      push[i]!.y -= dy * pull;
      push[j]!.x += dx * pull;
      push[j]!.y += dy * pull;
    }
    for (const [i, place] of places.entries()) {
      const { x, y } = push[i]!;
      const length = Math.sqrt(x * x + y * y);
      const step = length === 0 ? 0 : Math.min(length, heat) / length;
      place.x += x * step;
      place.y += y * step;
    }
  }
}

/** Stretches the places into the box, so that every node's disc is inside. */
function stretch(places: Place[], radius: readonly number[], { width, height }: Box): void {
  const rim = Math.max(0, ...radius) + GAP;
  for (const [axis, size] of [
    ['x', width],
    ['y', height],
  ] as const) {
    const low = places.reduce((least, place) => Math.min(least, place[axis]), Number.POSITIVE_INFINITY);
    const high = places.reduce((most, place) => Math.max(most, place[axis]), Number.NEGATIVE_INFINITY);
    const scale = high > low ? (size - 2 * rim) / (high - low) : 0;
    for (const place of places) place[axis] = scale === 0 ? size / 2 : rim + (place[axis] - low) * scale;
  }
}

function separate(places: Place[], radius: readonly number[], { width, height }: Box): void {
  for (let round = 0; round < 120; round++) {
    let moved = false;
    for (let i = 0; i < places.length; i++) {
      for (let j = i + 1; j < places.length; j++) {
        const [a, b] = [places[i]!, places[j]!];
        const dx = a.x - b.x || 0.01 * (i + 1);
        const dy = a.y - b.y || 0.01 * (j + 1);
        const far = Math.sqrt(dx * dx + dy * dy);
        const lack = radius[i]! + radius[j]! + GAP - far;
        if (lack <= 0.01) continue;
        moved = true;
        const step = lack / 2 / far;
        a.x += dx * step;
        a.y += dy * step;
        b.x -= dx * step;
        b.y -= dy * step;
      }
    }
    for (const [i, place] of places.entries()) {
      const rim = radius[i]! + 2;
      place.x = Math.min(Math.max(place.x, rim), width - rim);
      place.y = Math.min(Math.max(place.y, rim), height - rim);
    }
    if (!moved) return;
  }
}

/** Centres of the nodes in the box, to a tenth. */
export function layout(graph: Graph, box: Box): Place[] {
  const places = start(graph.radius.length);
  relax(places, graph);
  stretch(places, graph.radius, box);
  separate(places, graph.radius, box);
  const tenth = (value: number) => Math.round(value * 10) / 10;
  return places.map(({ x, y }) => ({ x: tenth(x), y: tenth(y) }));
}
