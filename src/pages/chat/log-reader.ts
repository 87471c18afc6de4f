import type { Activity, Frame } from './activities.ts';

/** What a frame holds for a page that has read some already. */
export interface News {
  /** The log was erased: what is on the page is no longer there. */
  readonly isErased: boolean;
  readonly activities: readonly Activity[];
}

/** Drops what was read before, and notices when the log was erased and began anew. */
export function createLogReader(): (frame: Frame) => News {
  const known = new Map<string, number>();
  let read = 0;
  return ({ activities, watermark }) => {
    const mark = watermark === '' ? read : Number(watermark);
    // It got shorter, or has another message under an id we know.
    const isErased = mark < read || activities.some(({ id, at }) => known.has(id) && known.get(id) !== at);
    if (isErased) known.clear();
    read = mark;
    const news = activities.filter(({ id }) => !known.has(id));
    for (const { id, at } of news) known.set(id, at);
    return { isErased, activities: news };
  };
}
