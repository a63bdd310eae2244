/** Gzipped JSON, as base64 (pages) or bytes (notebooks), back to values. */

export async function unpack<T>(packed: string | Uint8Array | DataView): Promise<T> {
  return (await new Response(inflated(packed)).json()) as T;
}

/** Gzipped bytes, as base64 or as they are, back to what they were. */
export async function unpackBytes(packed: string): Promise<Uint8Array> {
  return new Uint8Array(await new Response(inflated(packed)).arrayBuffer());
}

function inflated(packed: string | Uint8Array | DataView): ReadableStream<Uint8Array> {
  const bytes = typeof packed === "string" ? fromBase64(packed.trim()) : new Uint8Array(packed.buffer as ArrayBuffer, packed.byteOffset, packed.byteLength);
  return new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream("gzip"));
}

function fromBase64(text: string): Uint8Array {
  const native = Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array };
  if (native.fromBase64) return native.fromBase64(text);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

/** Values as gzipped JSON in base64, as a page carries them. */
export async function pack(value: unknown): Promise<string> {
  const stream = new Blob([JSON.stringify(value)]).stream().pipeThrough(new CompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let letters = "";
  for (let at = 0; at < bytes.length; at += 0x8000) letters += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(letters);
}
