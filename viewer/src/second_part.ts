/** The second part of the page's script: the views besides the map, which a page keeps packed until one of them is opened. */

import { makeComparison } from "./collection/comparison_view.js";
import { makeFocus } from "./focus/focus_view.js";
import { provideViews } from "./shell/later_views.js";
import { makeTable } from "./table/table_view.js";
import { makeTimeline } from "./timeline/timeline_view.js";

provideViews({ focus: makeFocus, timeline: makeTimeline, table: makeTable, set: makeComparison });
