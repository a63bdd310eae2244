/** Which kinds of filters are on. */

import type { Filters } from "./state.js";

/** Whether filters are on that ask for some events and not for others. */
export const asksEvents = ({ types, statuses, least, most, currency }: Filters): boolean => types.length + statuses.length > 0 || least !== null || most !== null || currency !== null;

/** Whether filters are on that leave out articles. */
export const asksArticles = (filters: Filters): boolean =>
  asksEvents(filters) || filters.topics.length + filters.providers.length + filters.things.length + filters.words.length > 0 || filters.from !== null || filters.until !== null;
