/** What the graphics card runs: points whose shapes are signed distance fields, and lines one pixel wide; alpha is premultiplied. */

export const KINDS = 16;

export const POINTS = {
  vertex: `
attribute vec2 a_place;
attribute vec3 a_look;
uniform vec4 u_camera;
uniform float u_unit;
uniform vec4 u_kinds[${KINDS}];
varying vec3 v_colour;
varying float v_shape;
varying float v_pixel;
void main() {
  gl_Position = vec4((a_place - u_camera.xy) * u_camera.zw, 0.0, 1.0);
  float reach = a_look.x * u_unit;
  gl_PointSize = 2.5 * reach + 2.0;
  v_colour = u_kinds[int(a_look.z)].rgb;
  v_shape = u_kinds[int(a_look.y)].a;
  v_pixel = 1.0 / reach;
}`,
  // distances are in radii, and positive outside; a thin rim in the ground's colour keeps neighbours apart
  fragment: `
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
  return dot(length(p) * vec2(sin(a), cos(a)) - vec2(0.0, 1.22), vec2(0.885, 0.467));
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
}`,
};

/** Lines as quads three pixels wide, of which the middle is full and the edges fade, as the context draws without smoothing: that would cost most while the camera moves. */
export const LINES = {
  vertex: `
attribute vec2 a_place;
attribute vec2 a_other;
attribute float a_side;
uniform vec4 u_camera;
uniform vec2 u_screen;
varying float v_side;
void main() {
  vec2 along = normalize((a_other - a_place) * u_camera.zw * u_screen);
  vec2 across = vec2(-along.y, along.x) * sign(a_side) / u_screen;
  v_side = abs(a_side) > 1.5 ? -sign(a_side) : a_side;
  gl_Position = vec4((a_place - u_camera.xy) * u_camera.zw + across * 3.0, 0.0, 1.0);
}`,
  fragment: `
precision mediump float;
uniform vec4 u_colour;
varying float v_side;
void main() {
  gl_FragColor = u_colour * clamp(1.5 - 1.5 * abs(v_side), 0.0, 1.0);
}`,
};

/** Regions as quads with a disc in each. */
export const DISCS = {
  vertex: `
attribute vec2 a_place;
attribute vec2 a_other;
attribute float a_side;
uniform vec4 u_camera;
uniform vec2 u_screen;
varying vec2 v_at;
varying float v_pixels;
void main() {
  v_at = a_other;
  v_pixels = a_side * u_camera.z * u_screen.x * 0.5;
  gl_Position = vec4((a_place + a_other * a_side - u_camera.xy) * u_camera.zw, 0.0, 1.0);
}`,
  fragment: `
precision mediump float;
uniform vec4 u_colour;
varying vec2 v_at;
varying float v_pixels;
void main() {
  gl_FragColor = u_colour * clamp((1.0 - length(v_at)) * v_pixels, 0.0, 1.0);
}`,
};
