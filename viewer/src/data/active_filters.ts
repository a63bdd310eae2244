/** Which kinds of filters are on. */

import type { Filters } from "./state.js";

/** What events themselves count; all else that has bounds is counted of things: their articles, events, or things of another kind. */
export const UNITS: readonly string[] = ["jobs", "sites", "records", "products"];

/** Bounds of the numbers that events themselves have. */
export const eventBounds = ({ bounds }: Filters): readonly (readonly string[])[] => bounds.filter(([, what = ""]) => UNITS.includes(what));

/** Whether filters are on that ask for some events and not for others. */
export const asksEvents = (filters: Filters): boolean => {
  const { types, statuses, least, most, currency } = filters;
  return types.length + statuses.length + eventBounds(filters).length > 0 || least !== null || most !== null || currency !== null;
};

/** Whether filters are on that leave out articles. */
export const asksArticles = (filters: Filters): boolean =>
  asksEvents(filters) || filters.topics.length + filters.providers.length + filters.things.length + filters.words.length > 0 || filters.from !== null || filters.until !== null;
