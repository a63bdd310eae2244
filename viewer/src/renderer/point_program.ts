/** Sigma's programs for our points and lines: one draw call each, shapes as signed distance fields, alpha premultiplied. */

import type { Shape } from "../payload.js";
import { EdgeLineProgram, NodeProgram, type EdgeProgramType, type NodeProgramType } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import type { Colours } from "./scene.js";

export const SHAPES: readonly Shape[] = ["disc", "square", "diamond", "star", "hexagon", "triangle", "triangle_down", "ring", "cross", "dot"];
const KINDS = 16;

const VERTEX = `
attribute vec2 a_position;
attribute float a_size;
attribute float a_kind;
uniform mat3 u_matrix;
uniform float u_scale;
uniform vec4 u_kinds[${KINDS}];
varying vec3 v_colour;
varying float v_shape;
varying float v_pixel;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1.0)).xy, 0.0, 1.0);
  float reach = a_size * u_scale;
  gl_PointSize = 2.5 * reach + 2.0;
  vec4 kind = u_kinds[int(a_kind)];
  v_colour = kind.rgb;
  v_shape = kind.a;
  v_pixel = 1.0 / reach;
}`;

// Distances are in radii; what is outside is positive. A thin rim in the ground's colour keeps neighbours apart.
const FRAGMENT = `
precision mediump float;
varying vec3 v_colour;
varying float v_shape;
varying float v_pixel;
uniform vec3 u_ground;
float box(vec2 p, vec2 b) { vec2 d = abs(p) - b; return max(d.x, d.y); }
float triangle(vec2 p) { return max(abs(p.x) * 0.87 + p.y * 0.5 - 0.57, -p.y - 0.75); }
float hexagon(vec2 p) { p = abs(p); return max(p.x - 0.87, p.x * 0.5 + p.y * 0.87 - 0.87); }
float star(vec2 p) {
  float a = abs(mod(atan(p.x, p.y) + 0.628, 1.2566) - 0.628);
  vec2 q = length(p) * vec2(sin(a), cos(a));
  return dot(q - vec2(0.0, 1.22), vec2(0.80, 0.60)) * 0.72;
}
float shape(vec2 p) {
  if (v_shape < 0.5) return length(p) - 0.9;
  if (v_shape < 1.5) return box(p, vec2(0.8));
  if (v_shape < 2.5) return (abs(p.x) + abs(p.y) - 1.12) * 0.71;
  if (v_shape < 3.5) return star(p);
  if (v_shape < 4.5) return hexagon(p);
  if (v_shape < 5.5) return triangle(p);
  if (v_shape < 6.5) return triangle(vec2(p.x, -p.y));
  if (v_shape < 7.5) return abs(length(p) - 0.675) - 0.225;
  if (v_shape < 8.5) return min(box(p, vec2(1.0, 0.34)), box(p, vec2(0.34, 1.0)));
  return length(p) - 0.6;
}
void main() {
  vec2 p = (gl_PointCoord - 0.5) * (2.5 + 2.0 * v_pixel);
  p.y = -p.y;
  float d = shape(p) / v_pixel;
  float fill = clamp(0.5 - d, 0.0, 1.0);
  float rim = v_pixel < 0.4 ? clamp(1.5 - d, 0.0, 1.0) : fill;
  gl_FragColor = vec4(mix(u_ground, v_colour, fill) * rim, rim);
}`;

/** What the programs read at each frame; shared by those of one map. */
export interface Look {
  colours: Colours | null;
  shapes: readonly Shape[];
  /** Radius of the lightest node in device pixels. */
  scale: number;
  lines: boolean;
}

export const rgb = (hex: string): [number, number, number] => {
  const value = parseInt(hex.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
};

export function programs(look: Look): { Points: NodeProgramType; Lines: EdgeProgramType } {
  const FLOAT = WebGLRenderingContext.FLOAT;
  class Points extends NodeProgram<"u_matrix" | "u_scale" | "u_kinds" | "u_ground"> {
    constructor(gl: WebGLRenderingContext, _picking: WebGLFramebuffer | null, sigma: never) {
      super(gl, null, sigma); // points are picked by number, without a second drawing
    }
    getDefinition() {
      return {
        VERTICES: 1,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: WebGLRenderingContext.POINTS,
        UNIFORMS: ["u_matrix", "u_scale", "u_kinds", "u_ground"] as const,
        ATTRIBUTES: [
          { name: "a_position", size: 2, type: FLOAT },
          { name: "a_size", size: 1, type: FLOAT },
          { name: "a_kind", size: 1, type: FLOAT },
        ],
      };
    }
    processVisibleItem(_id: number, at: number, data: NodeDisplayData): void {
      this.array.set([data.x, data.y, data.size, data.zIndex], at);
    }
    setUniforms(params: RenderParams, { gl, uniformLocations }: { gl: WebGLRenderingContext; uniformLocations: Record<string, WebGLUniformLocation> }): void {
      const { colours } = look;
      if (!colours) return;
      const kinds = new Float32Array(KINDS * 4);
      colours.kinds.slice(0, KINDS).forEach((colour, kind) => kinds.set([...rgb(colour), SHAPES.indexOf(look.shapes[kind] ?? "disc")], kind * 4));
      gl.uniformMatrix3fv(uniformLocations["u_matrix"] ?? null, false, params.matrix);
      gl.uniform1f(uniformLocations["u_scale"] ?? null, look.scale);
      gl.uniform4fv(uniformLocations["u_kinds[0]"] ?? uniformLocations["u_kinds"] ?? null, kinds);
      gl.uniform3fv(uniformLocations["u_ground"] ?? null, rgb(colours.ground));
    }
  }
  class Lines extends EdgeLineProgram {
    override render(params: RenderParams): void {
      if (look.lines) super.render(params);
    }
  }
  return { Points: Points as unknown as NodeProgramType, Lines: Lines as unknown as EdgeProgramType };
}
