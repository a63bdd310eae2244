/** Points and lines by WebGL: one context, three draw calls a frame; nothing is uploaded unless what is shown changes. */

import { h } from "../core/dom.js";
import type { Shape } from "../data/payload.js";
import { lineAlpha } from "./canvas_renderer.js";
import type { Renderer } from "./renderer.js";
import { growth, radius, type Colours, type Scene, type VisibleScene } from "./scene.js";
import { DISCS, KINDS, LINES, POINTS } from "./shaders.js";

/** In the order of the numbers that the shader knows them by. */
const SHAPES: readonly Shape[] = ["disc", "square", "diamond", "star", "hexagon", "triangle", "triangle_down", "ring", "cross", "dot"];

/** Null where the browser has no WebGL, or does not take the shaders: then the map is drawn without. */
export function makeGlRenderer(scene: Scene, failed: () => void): Renderer | null {
  try {
    return glRenderer(scene, failed);
  } catch {
    return null;
  }
}

function glRenderer(scene: Scene, failed: () => void): Renderer | null {
  const canvas = h("canvas");
  const found = canvas.getContext("webgl", { antialias: false, depth: false });
  if (!found) return null;
  const gl = found;
  canvas.addEventListener("webglcontextlost", failed);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  const layers = {
    discs: layer(gl, DISCS, QUAD),
    lines: layer(gl, LINES, QUAD),
    points: layer(gl, POINTS, [["a_place", 2], ["a_look", 3]]),
  };
  const kinds = new Float32Array(KINDS * 4);
  let colours: Colours | null = null;

  return {
    element: canvas,
    setShown: (shown: VisibleScene) => {
      layers.points.fill(points(scene, shown.order));
      layers.lines.fill(lines(scene, shown.lines));
      layers.discs.fill(discs(scene, shown.regions));
    },
    setTheme: (next: Colours) => {
      colours = next;
      next.palette.slice(0, KINDS).forEach((colour, kind) => kinds.set([...rgb(colour), Math.max(0, SHAPES.indexOf(scene.shapes[kind] ?? "disc"))], kind * 4));
    },
    draw: (camera, unit, moving) => {
      if (!colours) return;
      const ratio = globalThis.devicePixelRatio || 1;
      const width = Math.round(camera.width * ratio);
      const height = Math.round(camera.height * ratio);
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
      }
      gl.viewport(0, 0, width, height);
      gl.clear(gl.COLOR_BUFFER_BIT);
      const view = { u_camera: [camera.x, camera.y, (2 * camera.scale) / camera.width, (-2 * camera.scale) / camera.height], u_screen: [width, height] };
      layers.discs.draw(gl.TRIANGLES, { ...view, u_colour: faint(colours.raised, 1) });
      if (!moving) layers.lines.draw(gl.TRIANGLES, { ...view, u_colour: faint(colours.line, lineAlpha(layers.lines.count / 6)) });
      layers.points.draw(gl.POINTS, { ...view, u_unit: [unit * growth(camera.zoom) * ratio], u_kinds: kinds, u_ground: rgb(colours.ground) });
    },
    destroy: () => {
      canvas.removeEventListener("webglcontextlost", failed);
      canvas.remove();
      gl.getExtension("WEBGL_lose_context")?.loseContext();
    },
  };
}

const QUAD: readonly [string, number][] = [["a_place", 2], ["a_other", 2], ["a_side", 1]];
const CORNERS = [[-1, -1], [1, -1], [1, 1], [1, 1], [-1, 1], [-1, -1]] as const;

// The buffers' values are written one by one: a filter changes 200,000 points and lines at once, and a list for each would take ten times as long.

function points({ x, y, weight, kind, colour }: Scene, order: Int32Array): Float32Array {
  const data = new Float32Array(order.length * 5);
  let at = 0;
  for (const node of order) {
    data[at++] = x[node] as number;
    data[at++] = y[node] as number;
    data[at++] = radius(weight[node] as number, 1, 1);
    data[at++] = kind[node] as number;
    data[at++] = colour[node] as number;
  }
  return data;
}

function lines({ x, y, from, to }: Scene, shown: Int32Array): Float32Array {
  const data = new Float32Array(shown.length * 30);
  let at = 0;
  for (const line of shown) {
    const a = from[line] as number, b = to[line] as number;
    const ax = x[a] as number, ay = y[a] as number, bx = x[b] as number, by = y[b] as number;
    for (let corner = 0; corner < 6; corner++) {
      const ahead = corner < 2 || corner === 5;
      data[at++] = ahead ? ax : bx;
      data[at++] = ahead ? ay : by;
      data[at++] = ahead ? bx : ax;
      data[at++] = ahead ? by : ay;
      // the sign says to which side of its own direction the corner lies; 2 that this direction is that of the line turned round
      data[at++] = (corner === 1 || corner === 4 ? -1 : 1) * (ahead ? 1 : 2);
    }
  }
  return data;
}

function discs({ regions }: Scene, shown: readonly number[]): Float32Array {
  return Float32Array.from(shown.flatMap((number) => {
    const { x, y, radius: size } = regions[number] as { x: number; y: number; radius: number };
    return CORNERS.flatMap((corner) => [x, y, ...corner, size]);
  }));
}

const rgb = (hex: string): number[] => {
  const value = parseInt(hex.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
};

/** A colour that lets through what lies below, as the context wants it. */
const faint = (hex: string, alpha: number): number[] => [...rgb(hex).map((part) => part * alpha), alpha];

interface Layer {
  readonly count: number;
  fill(data: Float32Array): void;
  draw(mode: number, uniforms: Record<string, ArrayLike<number>>): void;
}

/** A program with its one buffer; `fields` are its attributes with their sizes, in the order in which they lie there. */
function layer(gl: WebGLRenderingContext, sources: { vertex: string; fragment: string }, fields: readonly (readonly [string, number])[]): Layer {
  const program = gl.createProgram();
  for (const [type, source] of [[gl.VERTEX_SHADER, sources.vertex], [gl.FRAGMENT_SHADER, sources.fragment]] as const) {
    const shader = gl.createShader(type) as WebGLShader;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) throw new Error(`The map's shader: ${gl.getProgramInfoLog(program) ?? ""}`);
  const buffer = gl.createBuffer();
  const stride = fields.reduce((sum, [, size]) => sum + size, 0);
  const places = fields.map(([name]) => gl.getAttribLocation(program, name));
  const names = new Map<string, WebGLUniformLocation | null>();
  let count = 0;
  return {
    get count() {
      return count;
    },
    fill: (data) => {
      count = data.length / stride;
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
    },
    draw: (mode, uniforms) => {
      if (!count) return;
      gl.useProgram(program);
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      let offset = 0;
      fields.forEach(([, size], at) => {
        const place = places[at] as number;
        gl.enableVertexAttribArray(place);
        gl.vertexAttribPointer(place, size, gl.FLOAT, false, stride * 4, offset);
        offset += size * 4;
      });
      for (const [name, value] of Object.entries(uniforms)) {
        if (!names.has(name)) names.set(name, gl.getUniformLocation(program, name));
        const where = names.get(name) ?? null;
        if (value.length === 1) gl.uniform1fv(where, value as number[]);
        else if (value.length === 2) gl.uniform2fv(where, value as number[]);
        else if (value.length === 3) gl.uniform3fv(where, value as number[]);
        else gl.uniform4fv(where, value as number[]);
      }
      gl.drawArrays(mode, 0, count);
      for (const place of places) gl.disableVertexAttribArray(place);
    },
  };
}
