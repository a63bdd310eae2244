/** Wheel, drag and keys on the timeline; every one has a button as well. */

export interface TimelineMoves {
  /** Change the length of the span by a factor; `x` is a place in the plot from 0 to 1. */
  zoom(factor: number, x: number): void;
  /** Move by a share of the span. */
  pan(share: number): void;
  /** The plot's left edge and width, in pixels of the element. */
  plot(): { left: number; width: number };
}

const WHEEL = 0.0015;
const DRAG = 4; // pixels before a press becomes a drag

export function listenToTimeline(element: HTMLElement, moves: TimelineMoves): void {
  const share = (clientX: number): number => {
    const { left, width } = moves.plot();
    return (clientX - element.getBoundingClientRect().left - left) / width;
  };
  element.addEventListener("wheel", (event) => {
    const x = share(event.clientX);
    if (x < 0 && !event.ctrlKey) return; // over the names the page scrolls
    event.preventDefault();
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) moves.pan(event.deltaX / moves.plot().width);
    else moves.zoom(Math.exp(Math.max(-300, Math.min(300, event.deltaY * (event.deltaMode ? 30 : 1))) * WHEEL), Math.min(1, Math.max(0, x)));
  }, { passive: false });

  let from: number | null = null;
  let last = 0;
  let dragging = false;
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    from = last = event.clientX;
    dragging = false;
  });
  element.addEventListener("pointermove", (event) => {
    if (from === null || !event.isPrimary) return;
    if (!dragging && Math.abs(event.clientX - from) < DRAG) return;
    if (!dragging) element.setPointerCapture(event.pointerId);
    dragging = true;
    moves.pan((last - event.clientX) / moves.plot().width);
    last = event.clientX;
  });
  for (const name of ["pointerup", "pointercancel"]) element.addEventListener(name, () => { from = null; });
  // a drag that ends on a mark does not press it
  element.addEventListener("click", (event) => {
    if (dragging) event.stopPropagation();
    dragging = false;
  }, { capture: true });

  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") moves.zoom(0.5, 0.5);
    else if (event.key === "-") moves.zoom(2, 0.5);
    else return;
    event.preventDefault();
  });
}
